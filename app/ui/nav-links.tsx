import { VisuallyHidden } from '@mantine/core';
import { Link, useLocation } from '@remix-run/react';
import { Fragment } from 'react';
import type { Stands } from './bar-places.ts';
import type { NavGroup, NavItem } from './nav.ts';
import { NavIconOf } from './nav-icon.tsx';
import styles from './shell.module.css';

export function NavLinks({ groups, onNavigate }: { groups: NavGroup[]; onNavigate?: () => void }) {
  const { pathname } = useLocation();
  const current = currentOf(groups, pathname);
  return groups.map((group) => (
    <Fragment key={group.label ?? ''}>
      {group.label ? <div className={styles.groupLabel}>{group.label}</div> : null}
      {group.items.map((item) => (
        <NavLink key={item.to} item={item} current={item.to === current} onNavigate={onNavigate} />
      ))}
    </Fragment>
  ));
}

interface NavLinkProps {
  item: NavItem;
  current: boolean;
  /** On which screens a bar shows it. */
  stands?: Stands;
  onNavigate?: (() => void) | undefined;
}

export function NavLink({ item, current, stands, onNavigate }: NavLinkProps) {
  return (
    <Link
      to={item.to}
      prefetch="intent"
      className={styles.link}
      data-stands={stands}
      aria-current={current ? 'page' : undefined}
      onClick={onNavigate}
    >
      <NavIconOf icon={item.icon} />
      {item.label}
      {item.waiting ? (
        <>
          <span className={styles.count} aria-hidden>
            {item.waiting.count}
          </span>
          <VisuallyHidden>
            : {item.waiting.count} {item.waiting.words}
          </VisuallyHidden>
        </>
      ) : null}
    </Link>
  );
}

/** The longest address that this page lies under: /office/settings/rooms marks "Rooms", not "Settings" too. */
export function currentOf(groups: NavGroup[], pathname: string): string | undefined {
  return groups
    .flatMap((group) => group.items)
    .map((item) => item.to)
    .filter((to) => pathname === to || (pathname.startsWith(`${to}/`) && to.split('/').length > 2))
    .sort((a, b) => b.length - a.length)[0];
}
