import { type Scale, xWithinDay } from './geometry.ts';
import type { Row } from './rows.ts';
import styles from './shades.module.css';

interface Props {
  row: Row;
  day: number;
  scale: Scale;
}

/** Behind a day's sessions: when the tutor is away, and what is being booked right now. */
export function Away({ row, day, scale }: Props) {
  return row.shades.away.map((span) => {
    if (span.day !== day) return null;
    const left = xWithinDay(scale, span.from);
    const width = xWithinDay(scale, span.to) - left;
    if (width <= 0) return null;
    return (
      <div
        key={`${span.kind}${span.from}`}
        className={styles.away}
        data-kind={span.kind}
        style={{ left, width }}
        title={span.label}
      >
        <span>{span.label}</span>
      </div>
    );
  });
}

/** Between them: the ways from one place to the next. */
export function Travel({ row, day, scale }: Props) {
  return row.shades.travel.map((span) => {
    if (span.day !== day) return null;
    const left = xWithinDay(scale, span.from);
    const width = Math.max(xWithinDay(scale, span.to) - left, 2);
    const words = `${span.minutes} min of travel${span.short ? ', and no time for it' : ''}`;
    return (
      <div
        key={`${span.from} ${span.to}`}
        role="img"
        className={styles.travel}
        data-short={span.short || undefined}
        style={{ left, width }}
        title={words}
        aria-label={words}
      >
        <span>
          {span.short ? '!' : ''}
          {span.minutes}′
        </span>
      </div>
    );
  });
}
