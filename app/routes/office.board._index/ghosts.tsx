import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { CheckAnswer } from './answers.ts';
import type { Spot } from './board-data.ts';
import type { Carry } from './carry.ts';
import { type Clock, rangeText } from './days.ts';
import { perMinute, type Scale, xOf } from './geometry.ts';
import styles from './ghosts.module.css';
import type { Row } from './rows.ts';

interface Props {
  carry: Carry;
  targets: readonly Spot[];
  rows: readonly Row[];
  tops: readonly number[];
  scale: Scale;
  days: readonly string[];
  clock: Clock;
  check: CheckAnswer | null;
  /** What the board itself knows to be in the way, before the server has said. */
  guess: readonly string[];
  /** The frame they are seen in. */
  frame: HTMLElement | null;
}

/** What is in the hand where it would lie, and what that would break. */
export function Ghosts({ carry, targets, rows, tops, scale, days, clock, check, guess, frame }: Props) {
  const [first] = targets;
  if (!first) return null;
  // Where it would be cut off, the label hangs to the other side.
  const seen = frame ? { right: frame.scrollLeft + frame.clientWidth - 168, bottom: frame.scrollTop + frame.clientHeight } : null;
  const at = (spot: Spot) => rows.findIndex((row) => row.tutor.id === spot.tutorId);
  const blocked = check?.problems.some(({ severity }) => severity === 'blocking') ?? false;
  return (
    <div className={styles.ghosts} aria-hidden>
      {targets.map((spot, place) => {
        const row = at(spot);
        const left = xOf(scale, spot.day, spot.start);
        const width = Math.max(spot.minutes * perMinute(scale), 3);
        return (
          <div
            key={carry.items[place]?.id ?? place}
            className={styles.ghost}
            data-blocked={blocked || undefined}
            style={{ left, top: tops[row] ?? 0, width, height: (tops[row + 1] ?? 0) - (tops[row] ?? 0) }}
          >
            {place === 0 ? (
              <Label
                spot={spot}
                clock={clock}
                day={scale.days > 1 ? `${days[spot.day]}, ` : ''}
                tutor={rows[row]?.tutor.name ?? ''}
                label={carry.items[0]?.label ?? ''}
                more={targets.length - 1}
                check={check}
                guess={guess}
                end={seen !== null && left + LABEL_WIDTH > seen.right}
                above={seen !== null && (tops[row + 1] ?? 0) + LABEL_HEIGHT > seen.bottom && (tops[row] ?? 0) > LABEL_HEIGHT}
              />
            ) : null}
          </div>
        );
      })}
    </div>
  );
}

const LABEL_WIDTH = 310;
const LABEL_HEIGHT = 150;

interface LabelProps {
  spot: Spot;
  clock: Clock;
  day: string;
  tutor: string;
  label: string;
  more: number;
  check: CheckAnswer | null;
  guess: readonly string[];
  end: boolean;
  above: boolean;
}

function Label({ spot, clock, day, tutor, label, more, check, guess, end, above }: LabelProps) {
  return (
    <div className={styles.ghostLabel} data-end={end || undefined} data-above={above || undefined}>
      <strong className="tabular">
        {day}
        {rangeText(clock, spot.start, spot.minutes)}
      </strong>
      <span>
        {label}
        {more > 0 ? ` and ${more} more` : ''} · {tutor}
      </span>
      {check === null ? (
        guess.map((words) => (
          <span key={words} className={styles.problem} data-severity="warning">
            <IconInfoCircle size={14} aria-hidden /> {words}
          </span>
        ))
      ) : check.problems.length === 0 ? (
        <span className={styles.problem}>
          <IconCircleCheck size={14} aria-hidden /> Nothing stands in the way
        </span>
      ) : (
        check.problems.slice(0, 5).map((problem) => (
          <span key={problem.message} className={styles.problem} data-severity={problem.severity}>
            {problem.severity === 'blocking' ? (
              <IconAlertTriangle size={14} aria-hidden />
            ) : (
              <IconInfoCircle size={14} aria-hidden />
            )}
            <span>
              {problem.message}
              {problem.clashes.map((clash) => (
                <small key={clash}>{clash}</small>
              ))}
            </span>
          </span>
        ))
      )}
    </div>
  );
}
