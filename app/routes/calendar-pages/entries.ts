import type { SessionRow } from '#app/domain/scheduling/queries.server.ts';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import type { StatusView } from '#app/ui/session-status.ts';
import type { SessionView } from '#app/ui/session-view.ts';
import { type Reader, timeText } from '#app/ui/session-when.ts';
import type { Span } from './lanes.ts';

export type ReaderKind = 'office' | 'tutor' | 'family';

/** A session on one day of a calendar: in words, and where it stands on the day's clock. */
export interface Entry extends Span {
  id: string;
  href: string;
  time: string;
  /** When it begins, for where there is no room for more. */
  start: string;
  /** Whom the reader looks for: a tutor the students, a family its child. */
  who: string;
  what: string;
  atOffice: string | null;
  /** All of it in one sentence. */
  label: string;
  status: StatusView;
  /** Cancelled, moved or declined: it takes nobody's time. */
  off: boolean;
  /** It began the day before. */
  runsOn: boolean;
  /** Of a family with several children, the place of the first of them among their names. */
  child: number | null;
}

/** A day of the reader's, from its first instant to that of the next. */
export interface DayBounds {
  date: string;
  start: Date;
  end: Date;
}

const OFF = ['cancelled', 'late_cancelled', 'declined', 'rescheduled'];

interface EntryOptions {
  as: ReaderKind;
  reader: Reader;
  /** Of a family: the ids of its children in the order they are told apart by. */
  children: readonly string[];
}

/** The part of a session that lies on a day; undefined where none does. */
export function entryOn(
  day: DayBounds,
  row: SessionRow,
  view: SessionView,
  { as, reader, children }: EntryOptions,
): Entry | undefined {
  if (row.startsAt >= day.end || row.endsAt <= day.start) return undefined;
  const coming = view.students.filter((student) => student.expected);
  const off = OFF.includes(row.status) || (as === 'family' && coming.length === 0);
  const students = (coming.length > 0 ? coming : view.students).map((student) => student.name).join(', ');
  const [child] = view.students;
  const words = {
    office: { who: students, what: `${view.tutorName} · ${view.title}` },
    tutor: { who: students, what: view.title },
    family: { who: students, what: `${view.title} · ${view.tutorName}` },
  }[as];
  return {
    ...spanOn(day, row, reader.zone),
    ...words,
    id: row.id,
    href: view.href,
    time: view.when.time,
    start: startText(reader, row.startsAt),
    atOffice: view.when.atOffice,
    label: [
      `${view.when.time}${view.when.atOffice ? ` (${view.when.atOffice})` : ''}`,
      words.who,
      view.title,
      as === 'tutor' ? '' : `with ${view.tutorName}`,
      view.place,
      view.status.key === 'scheduled' ? '' : view.status.label,
    ]
      .filter(Boolean)
      .join(', '),
    status: view.status,
    off,
    runsOn: row.startsAt < day.start,
    child: children.length > 1 && child ? Math.max(0, children.indexOf(child.id)) : null,
  };
}

/**
 * Minutes of the day's clock, as a clock on the wall shows them. Where the clocks go back in it, the end may read
 * earlier than the start: then it is as long as it lasts.
 */
export function spanOn(day: DayBounds, at: { startsAt: Date; endsAt: Date }, zone: string): Span {
  const from = at.startsAt <= day.start ? 0 : minuteOf(at.startsAt, zone);
  const to = at.endsAt >= day.end ? 1440 : minuteOf(at.endsAt, zone);
  if (to > from) return { from, to };
  return { from, to: Math.min(1440, from + Math.round((at.endsAt.getTime() - at.startsAt.getTime()) / 60_000)) };
}

export function minuteOf(at: Date, zone: string): number {
  const wall = instantToWall(at, zone);
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/** 16:00, or 4 PM and 4:15 PM. */
function startText(reader: Reader, at: Date): string {
  return timeText(reader, at).replace(/^(\d+):00(?=\s?[AP]M)/i, '$1');
}
