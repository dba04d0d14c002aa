import type { BoardSession } from './board-data.ts';
import { isMovable, isOff } from './board-data.ts';
import styles from './chip.module.css';
import { rangeText } from './days.ts';
import type { RowNames } from './row-names.ts';
import type { RowBox } from './rows.ts';
import tones from './tones.module.css';

const CHIP = `${styles.chip} ${tones.toned}`;

interface ChipProps {
  box: RowBox;
  names: RowNames;
  laneHeight: number;
  focused: boolean;
  selected: boolean;
  carried: boolean;
}

/** A session, in plain elements and nothing of its own: there are thousands. Not memoised by itself: its row is. */
export function Chip({ box, names, laneHeight, focused, selected, carried }: ChipProps) {
  const { session, look, span } = box;
  const time = rangeText(names.clock, session.start, session.minutes);
  const subject = names.subjects.get(session.subjectId)?.name ?? '';
  const program = names.programs.get(session.programId)?.name ?? '';
  const [first = 'Nobody', ...others] = session.students;
  const name = others.length > 0 ? `${first} +${others.length}` : first;
  const label = labelOf(session, { time, subject, program, state: look.word });
  return (
    <button
      type="button"
      data-session={session.id}
      data-colour={look.colour}
      data-faint={box.faint || undefined}
      data-off={isOff(session) || undefined}
      data-carried={carried || undefined}
      aria-pressed={selected || undefined}
      aria-label={label}
      title={label}
      tabIndex={focused ? 0 : -1}
      className={CHIP}
      style={{ left: box.left, width: box.width, top: box.lane * laneHeight + 4, height: laneHeight - 4 }}
    >
      <span className={styles.line}>
        <b>{name}</b>
        <span className={styles.at}>{names.bare(session.start)}</span>
      </span>
      <span className={styles.second}>
        {(names.days.length === 1 ? names.bare : names.brief)(session.start)} · {session.title || subject}
        {session.inPerson ? ' ⌂' : ''}
        {session.series ? ' ↻' : ''}
      </span>
      {look.mark ? <i className={styles.mark}>{look.mark}</i> : null}
      <span className={styles.span} style={{ left: span.left, width: span.width }} />
      {span.buffer > 0 && !isOff(session) ? (
        <span className={styles.buffer} style={{ left: span.left + span.width, width: span.buffer }} />
      ) : null}
      {isMovable(session) ? <span className={styles.grip} data-grip="" /> : null}
    </button>
  );
}

interface Said {
  time: string;
  subject: string;
  program: string;
  state: string;
}

function labelOf(session: BoardSession, { time, subject, program, state }: Said): string {
  const where = session.inPerson ? session.location || 'in person' : 'online';
  return [...new Set([time, session.students.join(' and '), session.title, subject, program, state, where])]
    .filter(Boolean)
    .join(', ');
}
