import { AppShell, Burger, Button, ScrollArea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@remix-run/react';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { NavLinks } from './nav-links.tsx';
import { ProgressLine } from './progress-line.tsx';
import { SearchBox } from './search-box.tsx';
import styles from './shell.module.css';
import type { ShellData } from './shell-data.server.ts';
import { UserMenu } from './user-menu.tsx';

/** The frame of the office: everything one click away on a desk, behind a button on a phone. */
export function OfficeShell({ shell, children }: { shell: ShellData; children: ReactNode }) {
  const [open, { toggle, close }] = useDisclosure(false);
  const menu = useRef<HTMLDivElement>(null);
  // Where the menu is longer than the screen, it begins where one is.
  // Newer browsers answer with a promise, which is no way to clean up.
  useEffect(() => {
    menu.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: !open } }}
      padding={{ base: 'sm', sm: 'lg' }}
      transitionDuration={0}
    >
      <a href="#main" className="skip-link">
        Skip to the page
      </a>
      <ProgressLine />
      <AppShell.Header className="no-print">
        <div className={styles.header}>
          <Burger
            opened={open}
            onClick={toggle}
            hiddenFrom="sm"
            size="sm"
            aria-label={open ? 'Close the menu' : 'Open the menu'}
            aria-expanded={open}
          />
          <Link to="/office" className={styles.company}>
            {shell.organisation}
          </Link>
          <span className={styles.spacer} />
          <SearchBox />
          <UserMenu user={shell.user} places={shell.places} />
        </div>
      </AppShell.Header>
      <AppShell.Navbar p="xs" className="no-print" aria-label="Office">
        <Button
          component={Link}
          to="/office/sessions/new"
          variant="default"
          fullWidth
          mb="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={close}
        >
          Book a session
        </Button>
        <ScrollArea type="hover" scrollbarSize={8} viewportRef={menu} className={styles.navScroll}>
          <NavLinks groups={shell.nav} onNavigate={close} />
        </ScrollArea>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1}>
        <div className={styles.main}>{children}</div>
      </AppShell.Main>
    </AppShell>
  );
}
