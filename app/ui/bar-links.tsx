import { VisuallyHidden } from '@mantine/core';
import { useLocation } from '@remix-run/react';
import { IconDots } from '@tabler/icons-react';
import { barPlaces } from './bar-places.ts';
import type { NavGroup } from './nav.ts';
import { currentOf, NavLink } from './nav-links.tsx';
import styles from './shell.module.css';
import { useMenu } from './use-menu.ts';

/** The places of a tutor or a family: as many as fit, and the rest behind "More", which opens without a script. */
export function BarLinks({ groups }: { groups: NavGroup[] }) {
  const { pathname } = useLocation();
  const menu = useMenu();
  const current = currentOf(groups, pathname);
  const places = barPlaces(groups.flatMap((group) => group.items));
  const rest = places.filter(({ stands }) => stands !== 'bar');
  const waiting = rest.reduce((sum, { item }) => sum + (item.waiting?.count ?? 0), 0);
  return (
    <>
      {places
        .filter(({ stands }) => stands !== 'more')
        .map(({ item, stands }) => (
          <NavLink key={item.to} item={item} stands={stands} current={item.to === current} />
        ))}
      {rest.length === 0 ? null : (
        <details
          ref={menu}
          className={styles.more}
          data-needed={rest.some(({ stands }) => stands === 'more') ? 'always' : 'narrow'}
        >
          <summary className={styles.link} data-current={rest.some(({ item }) => item.to === current) || undefined}>
            <IconDots size={18} stroke={1.6} aria-hidden />
            More
            {waiting > 0 ? (
              <span className={styles.dot}>
                <VisuallyHidden>, something waits there</VisuallyHidden>
              </span>
            ) : null}
          </summary>
          <div className={styles.morePanel}>
            {rest.map(({ item, stands }) => (
              <NavLink key={item.to} item={item} stands={stands} current={item.to === current} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}
