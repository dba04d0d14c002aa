// biome-ignore-all lint/a11y/useSemanticElements: an ARIA grid, of which a table has neither the layout nor the keys
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on one cell or session of the grid
import { IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import styles from './board.module.css';
import type { BoardSession, Named } from './board-data.ts';
import { isMovable, isOff } from './board-data.ts';
import { type Clock, rangeText } from './days.ts';
import { type Scale, xWithinDay } from './geometry.ts';
import type { Row, RowBox } from './rows.ts';
import { openStripes } from './shades.ts';

export interface RowNames {
  days: readonly string[];
  clock: Clock;
  brief: Clock;
  bare: Clock;
  subjects: ReadonlyMap<string, Named>;
  programs: ReadonlyMap<string, Named>;
}

interface Props {
  row: Row;
  index: number;
  scale: Scale;
  names: RowNames;
  /** Only the tutor's name: the sessions follow when the page's script has loaded. */
  lean: boolean;
  /** Of the cells and sessions of this row, the one that the Tab key reaches: a session's id or a day's number. */
  focus: string | null;
  /** Ids, joined: a row is drawn again only when its own change. */
  selected: string;
  carried: string;
  /** Which of the days a phone shows. */
  phoneDay: number;
}

/** A tutor: their days side by side, their sessions at their times. Its events are heard by the board around it. */
export const TutorRow = memo(function TutorRow({ row, index, scale, names, lean, focus, selected, carried, phoneDay }: Props) {
  const { tutor } = row;
  return (
    <div
      role="row"
      className={styles.row}
      aria-rowindex={index + 2}
      style={{ height: row.height, containIntrinsicHeight: `${row.height}px` }}
    >
      <div role="rowheader" className={styles.tutor} aria-colindex={1}>
        <a href={`/office/tutors/${tutor.id}`} tabIndex={-1} className={styles.tutorName}>
          {tutor.name}
        </a>
        <button
          type="button"
          tabIndex={-1}
          className={styles.add}
          data-book={tutor.id}
          aria-label={`Book a session with ${tutor.name}`}
        >
          <IconPlus size={14} aria-hidden />
        </button>
      </div>
      {row.days.map((boxes, day) => (
        <div
          key={names.days[day]}
          role="gridcell"
          aria-colindex={day + 2}
          aria-label={`${tutor.name}, ${names.days[day]}: ${countText(boxes.length)}`}
          tabIndex={boxes.length === 0 ? (focus === String(day) ? 0 : -1) : undefined}
          data-cell={`${tutor.id}:${day}`}
          data-phone={day === phoneDay || undefined}
          className={styles.cell}
          style={{ backgroundImage: openStripes(row.shades.open, day, (minute) => xWithinDay(scale, minute)) }}
        >
          <Away row={row} day={day} scale={scale} />
          {lean
            ? null
            : boxes.map((box) => (
                <Chip
                  key={box.session.id}
                  box={box}
                  names={names}
                  laneHeight={scale.laneHeight}
                  focused={focus === box.session.id}
                  selected={selected.includes(box.session.id)}
                  carried={carried.includes(box.session.id)}
                />
              ))}
          <Travel row={row} day={day} scale={scale} />
        </div>
      ))}
    </div>
  );
});

const countText = (count: number) => (count === 0 ? 'no session' : count === 1 ? '1 session' : `${count} sessions`);

function Away({ row, day, scale }: { row: Row; day: number; scale: Scale }) {
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

function Travel({ row, day, scale }: { row: Row; day: number; scale: Scale }) {
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

interface ChipProps {
  box: RowBox;
  names: RowNames;
  laneHeight: number;
  focused: boolean;
  selected: boolean;
  carried: boolean;
}

/** Not memoised by itself: its row is. */
function Chip({ box, names, laneHeight, focused, selected, carried }: ChipProps) {
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
      className={styles.chip}
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
