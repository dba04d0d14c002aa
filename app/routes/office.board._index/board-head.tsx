// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid, of which a table has neither the layout nor the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on one cell or session of the grid
import { memo } from 'react';
import styles from './board-head.module.css';
import { hourMarks, perMinute, type Scale } from './geometry.ts';
import type { RowNames } from './row-names.ts';

/** The days, and the hours under them as far apart as they can be read. */
export const BoardHead = memo(function BoardHead({ scale, names, today }: { scale: Scale; names: RowNames; today: number }) {
  const { hours } = hourMarks(scale);
  return (
    <div role="row" className={styles.head} aria-rowindex={1}>
      <div role="columnheader" className={styles.corner} aria-colindex={1}>
        Tutor
      </div>
      {names.days.map((day, place) => (
        <div
          key={day}
          role="columnheader"
          aria-colindex={place + 2}
          className={styles.day}
          aria-current={place === today ? 'date' : undefined}
        >
          <span className={styles.dayName}>{day}</span>
          <span aria-hidden className={styles.hours}>
            {hours.map((at) => (
              <i key={at} style={{ left: (at * 60 - scale.from) * perMinute(scale) }}>
                {names.brief(at * 60)}
              </i>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
});
