import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import type { Occurrence } from '#app/domain/series/occurrences.ts';
import type { Decision } from '#app/domain/series/series.schema.ts';
import { clashesOf } from '#app/ui/session-problem.ts';
import { dayText, type Reader, timeText } from '#app/ui/session-when.ts';

/** A day of a series of which something is to be said or decided. */
export interface DayView {
  /** The day the rule gives it: the name of its decision. */
  date: string;
  when: string;
  /** Of one that is moved: where it is now. */
  was: string | null;
  marks: { blocking: boolean; message: string; clashes: { href: string; text: string }[] }[];
  choices: { value: Decision['action']; label: string }[];
  choice: Decision['action'];
  /** For a move: where it would be now. */
  moveTo: string;
}

/** Tue 3 Mar, 16:00–17:00; of a time that does not exist, as it was meant. */
export function occurrenceText(reader: Reader, { startsAt, endsAt, wallStart }: Occurrence): string {
  if (startsAt && endsAt) return timesText(reader, { startsAt, endsAt });
  const [date = '', time = ''] = wallStart.split('T');
  const day = new Intl.DateTimeFormat(reader.locale, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });
  return `${day.format(new Date(`${date}T12:00:00Z`))}, ${time}`;
}

export function timesText(reader: Reader, { startsAt, endsAt }: { startsAt: Date; endsAt: Date }): string {
  return `${dayText(reader, startsAt)}, ${timeText(reader, startsAt)}–${timeText(reader, endsAt)}`;
}

const LABELS: Record<Decision['action'], string> = {
  book: 'Plan it all the same',
  skip: 'Leave this day out',
  move: 'Plan it at another time',
  keep: 'Leave it where it is',
};

interface Asked {
  occurrence: Occurrence;
  problems: readonly BookingProblem[];
  /** What may be done about it; what blocks can't be waved through. */
  ways: readonly Decision['action'][];
  choice: Decision['action'];
  was?: { startsAt: Date; endsAt: Date };
}

export function viewDay(reader: Reader, { occurrence, problems, ways, choice, was }: Asked): DayView {
  const blocked = problems.some((problem) => problem.severity === 'blocking');
  return {
    date: occurrence.date,
    when: occurrenceText(reader, occurrence),
    was: was ? timesText(reader, was) : null,
    marks: problems.map((problem) => ({
      blocking: problem.severity === 'blocking',
      message: problem.message,
      clashes: clashesOf(problem.sessions, reader),
    })),
    choices: ways.filter((way) => way !== 'book' || !blocked).map((value) => ({ value, label: LABELS[value] })),
    choice,
    moveTo: occurrence.wallStart,
  };
}
