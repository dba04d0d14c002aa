import { Link } from '@remix-run/react';
import type { CSSProperties } from 'react';
import styles from './calendar.module.css';
import type { Entry } from './entries.ts';

interface EntryLinkProps {
  entry: Entry;
  style?: CSSProperties;
  /** There is room for one line alone. */
  brief?: boolean;
  /** Others stand beside it. */
  narrow?: boolean;
}

/** A session in a day: its time, whom it is with, and in words what is unusual about it. */
export function EntryLink({ entry, style, brief = false, narrow = false }: EntryLinkProps) {
  return (
    <Link
      to={entry.href}
      prefetch="intent"
      className={styles.entry}
      style={style}
      data-entry
      data-off={entry.off || undefined}
      data-tone={entry.status.tone}
      data-child={entry.child === null ? undefined : entry.child % 6}
      data-brief={brief || entry.to - entry.from < 40 || undefined}
      data-narrow={narrow || undefined}
      aria-label={entry.label}
      title={entry.label}
    >
      <span className={styles.entryTime}>
        {entry.runsOn ? '… ' : ''}
        <span className={styles.start}>{entry.start}</span>
        <span className={styles.range}>{entry.time}</span>
      </span>
      {entry.status.key === 'scheduled' ? null : <span className={styles.entryState}>{entry.status.label}</span>}
      <span className={styles.entryBody}>
        <span className={styles.entryWho}>{entry.who}</span> <span className={styles.entryWhat}>{entry.what}</span>
        {entry.atOffice ? <span className={styles.entryWhat}> · {entry.atOffice}</span> : null}
      </span>
    </Link>
  );
}
