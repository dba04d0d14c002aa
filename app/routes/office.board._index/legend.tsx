import { memo } from 'react';
import type { Look } from './colours.ts';
import styles from './legend.module.css';
import tones from './tones.module.css';

/** What the colours and marks mean, of those that occur. */
export const Legend = memo(function Legend({ looks }: { looks: readonly Look[] }) {
  return (
    <ul className={styles.legend} aria-label="What the colours and marks mean">
      {looks.map((look) => (
        <li key={look.word}>
          <span data-colour={look.colour} className={`${styles.swatch} ${tones.toned}`} aria-hidden>
            {look.mark}
          </span>
          {look.word}
        </li>
      ))}
      <li>
        <span className={styles.swatch} data-shade="closed" aria-hidden /> Outside hours
      </li>
      <li>
        <span className={styles.swatch} data-shade="away" aria-hidden /> Off or closed
      </li>
      <li>
        <span className={styles.swatch} data-shade="buffer" aria-hidden /> Kept free after
      </li>
    </ul>
  );
});
