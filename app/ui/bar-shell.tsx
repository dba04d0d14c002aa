import { AppShell } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { BarLinks } from './bar-links.tsx';
import { ProgressLine } from './progress-line.tsx';
import styles from './shell.module.css';
import type { ShellData } from './shell-data.server.ts';
import { UserMenu } from './user-menu.tsx';

/** The frame for a tutor or a family: a few places, on a phone in a bar under the thumb. Needs no script. */
export function BarShell({ shell, home, children }: { shell: ShellData; home: string; children: ReactNode }) {
  return (
    <AppShell header={{ height: 52 }} padding={{ base: 'sm', sm: 'lg' }} transitionDuration={0}>
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <ProgressLine />
      <AppShell.Header className="no-print">
        <div className={styles.header}>
          <Link to={home} className={styles.company}>
            {shell.organisation}
          </Link>
          <nav className={styles.bar} aria-label="Pages">
            <BarLinks groups={shell.nav} />
          </nav>
          <span className={styles.spacer} />
          <UserMenu user={shell.user} places={shell.places} />
        </div>
      </AppShell.Header>
      <AppShell.Main id="main" tabIndex={-1}>
        <div className={`${styles.main} ${styles.narrow} ${styles.aboveBar}`}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
