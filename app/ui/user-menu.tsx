import { Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { IconArrowsExchange, IconHelpCircle, IconLogout, IconSettings, IconUserCircle } from '@tabler/icons-react';
import { ColorSchemeToggle } from './color-scheme-toggle.tsx';
import styles from './shell.module.css';
import type { ShellData } from './shell-data.server.ts';
import { useMenu } from './use-menu.ts';

/** Who is signed in, and what concerns them alone. A `details` element, so it opens without a script. */
export function UserMenu({ user, places }: Pick<ShellData, 'user' | 'places'>) {
  const details = useMenu();
  return (
    <details ref={details} className={styles.menu}>
      <summary aria-label={`Your menu, ${user.name || user.email}`}>
        <IconUserCircle size={20} stroke={1.6} aria-hidden />
        <span className={styles.menuName}>{user.name || user.email}</span>
      </summary>
      <div className={styles.menuPanel}>
        <div className={styles.menuWho}>
          <div>{user.name}</div>
          <Text c="dimmed" size="xs">
            {user.email}
          </Text>
        </div>
        {places.length > 1
          ? places.map((place) => (
              <Link key={place.to} to={place.to} className={styles.menuItem}>
                <IconArrowsExchange size={18} stroke={1.6} aria-hidden />
                {place.label}
              </Link>
            ))
          : null}
        {places.some(({ to }) => to === '/tutor') ? (
          <Link to="/tutor/settings" className={styles.menuItem}>
            <IconSettings size={18} stroke={1.6} aria-hidden />
            Teaching settings
          </Link>
        ) : null}
        <Link to="/account" className={styles.menuItem}>
          <IconUserCircle size={18} stroke={1.6} aria-hidden />
          Your account
        </Link>
        <Link to="/help" className={styles.menuItem}>
          <IconHelpCircle size={18} stroke={1.6} aria-hidden />
          Help
        </Link>
        <ColorSchemeToggle className={styles.menuItem} />
        <Form method="post" action="/logout">
          <button type="submit" className={styles.menuItem}>
            <IconLogout size={18} stroke={1.6} aria-hidden />
            Sign out
          </button>
        </Form>
      </div>
    </details>
  );
}
