import { NavLink, useRouteLoaderData } from '@remix-run/react';
import type { AboutType } from '#app/domain/people/about.ts';
import type { ShellData } from '#app/ui/shell-data.server.ts';
import styles from './person-tabs.module.css';
import { PLACES } from './person-words.ts';

/** The parts of a person's (or a request's) page, each with an address and a reading of its own. */
export function PersonTabs({ type, id }: { type: AboutType; id: string }) {
  const { path, one } = PLACES[type];
  const base = `${path}/${id}`;
  const mayErase = useRouteLoaderData<{ shell: ShellData }>('routes/office')?.shell.mayErase && type !== 'request';
  return (
    <nav className={styles.tabs} aria-label={`Parts of this ${one}`}>
      <NavLink to={base} end prefetch="intent" className={styles.tab}>
        Overview
      </NavLink>
      {type === 'tutor' ? (
        <NavLink to={`${base}/clearances`} prefetch="intent" className={styles.tab}>
          Clearances
        </NavLink>
      ) : null}
      <NavLink to={`${base}/notes`} prefetch="intent" className={styles.tab}>
        Notes and files
      </NavLink>
      <NavLink to={`${base}/timeline`} prefetch="intent" className={styles.tab}>
        Timeline
      </NavLink>
      {mayErase ? (
        <NavLink to={`${base}/data`} prefetch="intent" className={styles.tab}>
          Data
        </NavLink>
      ) : null}
    </nav>
  );
}
