import { Link } from '@remix-run/react';
import styles from './waiting.module.css';

export interface WaitingItem {
  label: string;
  one: string;
  many: string;
  count: number;
  to: string;
  /** Something is wrong, not merely waiting. */
  urgent: boolean;
}

/** What waits, each a link to where it is solved. Zeros stay in their place, so that a glance finds the same thing every day. */
export function Waiting({ items }: { items: readonly WaitingItem[] }) {
  return (
    <nav aria-label="What waits">
      <ul className={styles.tiles}>
        {items.map((item) => (
          <li key={item.label}>
            <Link
              to={item.to}
              className={`${styles.tile} ${item.urgent && item.count > 0 ? styles.urgent : ''}`}
              data-none={item.count === 0 || undefined}
            >
              <span className={styles.count}>{item.count}</span> <span>{item.count === 1 ? item.one : item.many}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
