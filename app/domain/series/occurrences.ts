import type { BookingProblem } from '#app/domain/scheduling/booking-problem.ts';
import { timeOfMinute } from '#app/domain/scheduling/repeat.ts';
import { addMinutes, localDateOf, wallToInstant } from '#app/domain/scheduling/wall-time.ts';

/** Days of a series as planned times, and what is decided about each. Browser-safe. */

export interface Occurrence {
  /** The day the rule gives it. */
  date: string;
  /** Undefined: the clocks go forward over it that day. */
  startsAt: Date | undefined;
  endsAt: Date | undefined;
  wallStart: string;
  zone: string;
  /** The start date in the organisation's zone. */
  localDate: string;
  durationMinutes: number;
  /** By hand at another time than the rule's. */
  moved: boolean;
}

export interface PlannedOccurrence extends Occurrence {
  startsAt: Date;
  endsAt: Date;
}

interface TimeOfDay {
  startMinute: number;
  durationMinutes: number;
  zone: string;
  organisationZone: string;
}

/** @param wallStart by hand; default: the rule's time on that day */
export function occurrenceOn(date: string, time: TimeOfDay, wallStart?: string): Occurrence {
  const own = `${date}T${timeOfMinute(time.startMinute)}`;
  const wall = wallStart?.slice(0, 16) ?? own;
  const startsAt = wallToInstant(wall, time.zone);
  return {
    date,
    wallStart: wall,
    zone: time.zone,
    durationMinutes: time.durationMinutes,
    startsAt,
    endsAt: startsAt && addMinutes(startsAt, time.durationMinutes),
    localDate: startsAt ? localDateOf(startsAt, time.organisationZone) : wall.slice(0, 10),
    moved: wall !== own,
  };
}

export const isPlanned = (occurrence: Occurrence): occurrence is PlannedOccurrence => occurrence.startsAt !== undefined;

export const missingTime = (occurrence: Occurrence): BookingProblem => ({
  code: 'nonexistent_time',
  severity: 'blocking',
  field: 'wallStart',
  message: `${occurrence.wallStart.slice(11)} does not exist on this day: the clocks go forward over it.`,
});

/** Of a day on which nobody teaches, nothing is planned unless somebody says so. */
const CLOSED: readonly BookingProblem['code'][] = ['closed', 'time_off', 'nonexistent_time'];

export type SkipReason = 'clash' | 'closure' | 'removed';

/** What is done about a day of which nobody has decided. */
export function usualAction(problems: readonly BookingProblem[]): 'book' | 'skip' | 'clash' {
  if (problems.some((problem) => CLOSED.includes(problem.code))) return 'skip';
  return problems.some((problem) => problem.severity === 'blocking') ? 'clash' : 'book';
}

/** Why a day is left out, as it is kept. */
export function skipOf(problems: readonly BookingProblem[]): { reason: SkipReason; note: string } {
  const worst =
    problems.find((problem) => CLOSED.includes(problem.code)) ?? problems.find((problem) => problem.severity === 'blocking');
  if (!worst) return { reason: 'removed', note: '' };
  return { reason: CLOSED.includes(worst.code) ? 'closure' : 'clash', note: worst.message };
}

/** Problems by the day they are of. */
export type ProblemsByDate = ReadonlyMap<string, readonly BookingProblem[]>;

/** Sessions of one series that would run into each other: a lesson of a whole day, every day. */
export function overlapsWithin(occurrences: readonly PlannedOccurrence[], bufferMinutes: number): Set<string> {
  const sorted = [...occurrences].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const found = new Set<string>();
  for (const [n, occurrence] of sorted.entries()) {
    const before = sorted[n - 1];
    if (before && addMinutes(before.endsAt, bufferMinutes) > occurrence.startsAt) found.add(occurrence.date);
  }
  return found;
}
