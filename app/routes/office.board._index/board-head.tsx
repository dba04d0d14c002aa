// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid, of which a table has neither the layout nor the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on one cell or session of the grid
import { memo } from 'react';
import styles from './board.module.css';
import { perMinute, type Scale } from './geometry.ts';
import type { RowNames } from './tutor-row.tsx';

/** The days, and the hours under them as far apart as they can be read. */
export const BoardHead = memo(function BoardHead({ scale, names, today }: { scale: Scale; names: RowNames; today: number }) {
  const hour = perMinute(scale) * 60;
  const every = hour >= 44 ? 1 : hour >= 22 ? 2 : hour >= 11 ? 4 : 6;
  const hours: number[] = [];
  for (let at = Math.ceil(scale.from / 60 / every) * every; at * 60 <= scale.to - 90; at += every) hours.push(at);
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
                {every === 1 ? names.clock(at * 60) : at}
              </i>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
});
