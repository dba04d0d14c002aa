import { freeStarts, whyNot } from './fit.ts';
import { dateOf, dayOf } from './local-days.ts';
import type { Range } from './ranges.ts';
import type { PlacePoint } from './travel.ts';
import type { TutorCalendar } from './tutor-calendar.ts';
import { instantToWall } from './wall-time.ts';

/** Who could teach a session in its tutor's place, and when the tutor could teach it instead. Browser-safe. */

export interface Need {
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  programId: string;
  place: PlacePoint | null;
}

export interface Substitute {
  tutorId: string;
  name: string;
  /** Sessions they had with these students. */
  together: number;
  /** What speaks against it and doesn't forbid it, such as being outside their hours. */
  warnings: string[];
}

/**
 * Free tutors, the best first: nobody who is taken or has time off. Those within their hours come first, then those who
 * know the students, then those with the least to do on that day.
 */
export function rankSubstitutes(
  candidates: readonly { calendar: TutorCalendar; together: number }[],
  need: Need,
  now: Date,
): Substitute[] {
  const load = ({ minutesByDay, zone }: TutorCalendar) => minutesByDay.get(dateOf(dayOf(need.startsAt.getTime(), zone))) ?? 0;
  return candidates
    .flatMap(({ calendar, together }) => {
      const problems = whyNot(calendar, need, { by: 'office', now });
      if (problems.some((problem) => problem.severity === 'blocking' || problem.code === 'time_off')) return [];
      return [{ calendar, together, warnings: problems.map((problem) => problem.message) }];
    })
    .sort(
      (a, b) =>
        a.warnings.length - b.warnings.length ||
        b.together - a.together ||
        load(a.calendar) - load(b.calendar) ||
        a.calendar.name.localeCompare(b.calendar.name) ||
        (a.calendar.tutorId < b.calendar.tutorId ? -1 : 1),
    )
    .map(({ calendar, together, warnings }) => ({ tutorId: calendar.tutorId, name: calendar.name, together, warnings }));
}

interface Search {
  from: Date;
  to: Date;
  /** Of the session. */
  zone: string;
  gridMinutes: number;
  /** When its students or its room are taken. */
  taken: readonly Range[];
  now: Date;
  most: number;
}

/** One free start a day, the nearest to the time of day it has now; the next days first. */
export function nextFreeTimes(calendar: TutorCalendar, need: Need, search: Search): Date[] {
  const { zone, most, ...rest } = search;
  const starts = freeStarts(calendar, {
    ...rest,
    zone,
    by: 'office',
    durationMinutes: need.durationMinutes,
    programId: need.programId,
    place: need.place,
  });
  const minuteOf = (at: Date) => {
    const wall = instantToWall(at, zone);
    return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
  };
  const usual = minuteOf(need.startsAt);
  const byDay = new Map<number, { at: Date; off: number }>();
  for (const at of starts) {
    const day = dayOf(at.getTime(), zone);
    const off = Math.abs(minuteOf(at) - usual);
    const known = byDay.get(day);
    if (!known && byDay.size >= most) break;
    if (!known || off < known.off) byDay.set(day, { at, off });
  }
  return [...byDay.values()].map(({ at }) => at);
}
