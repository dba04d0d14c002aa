import type { ScoredPart } from '#app/domain/matching/match-facts.ts';
import { PART_NAMES } from './part-names.ts';
import styles from './score-parts.module.css';

/** What a score is the sum of: each part's points, the most it could be, and why. */
export function ScoreParts({ parts }: { parts: readonly ScoredPart[] }) {
  return (
    <ul className={styles.parts}>
      {parts.map(({ part, points, of, reason }) => (
        <li key={part} data-part={part}>
          <span className={styles.partHead}>
            <span>{PART_NAMES[part]}</span>
            <span className="tabular">
              <b>{points}</b> of {of}
            </span>
          </span>
          <Meter points={points} of={of} />
          <span className={styles.reason}>{reason}</span>
        </li>
      ))}
    </ul>
  );
}

/** The numbers beside it say the same. */
function Meter({ points, of }: { points: number; of: number }) {
  return (
    <svg className={styles.meter} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className={styles.meterGround} width="100" height="4" />
      <rect className={styles.meterFill} width={of === 0 ? 0 : (100 * points) / of} height="4" />
    </svg>
  );
}
