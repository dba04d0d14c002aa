import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { type BookedBy, whyNot } from '#app/domain/scheduling/fit.ts';
import type { Range } from '#app/domain/scheduling/ranges.ts';
import type { TutorCalendar } from '#app/domain/scheduling/tutor-calendar.ts';

export interface FitSearch {
  by: BookedBy;
  now: Date;
  /** How far ahead is looked; the calendar must have been read for as long, and for the longest length after it. */
  until: Date;
  programId: string;
  /** The lengths that can be chosen, in minutes. */
  durations: readonly number[];
  wanted: number;
  /** When the student is taken. */
  taken: readonly Range[];
}

/** What an instant session could be instead. */
export interface InstantFit {
  /** Lengths that fit from this moment on. */
  now: number[];
  /** The earliest later start for the wanted length, else for any, with all lengths that fit then; null: none is near. */
  next: { startsAt: Date; durations: number[] } | null;
}

const MINUTE = 60_000;

/** Which lengths fit now, and where the wanted one does not, when it could begin: whole minutes, as people say times. */
export function instantFit(calendar: TutorCalendar, search: FitSearch): InstantFit {
  const fits = (start: number) => search.durations.filter((minutes) => fitsAt(calendar, search, start, minutes));
  const now = fits(search.now.getTime());
  if (now.includes(search.wanted)) return { now, next: null };
  let any: InstantFit['next'] = null;
  for (const start of starts(calendar, search)) {
    const durations = fits(start);
    if (durations.length === 0) continue;
    const found = { startsAt: new Date(start), durations };
    if (durations.includes(search.wanted)) return { now, next: found };
    any ??= found;
  }
  // Shorter ones that fit right now say more than the same at a later time.
  return { now, next: now.length > 0 ? null : any };
}

/** Something ends, or hours begin: nothing else makes room. */
function starts({ busy, timeOff, closures, open }: TutorCalendar, { now, until, taken }: FitSearch): number[] {
  const ends = [
    ...busy.map((one) => one.bufferedEnd),
    ...[...taken, ...timeOff, ...closures].map((one) => one.end),
    ...open.map((one) => one.start),
  ];
  const whole = ends.map((end) => Math.ceil(end / MINUTE) * MINUTE);
  return [...new Set(whole)].filter((start) => start > now.getTime() && start <= until.getTime()).sort((a, b) => a - b);
}

function fitsAt(calendar: TutorCalendar, { by, now, programId, taken }: FitSearch, start: number, minutes: number): boolean {
  const fitting = { startsAt: new Date(start), endsAt: new Date(start + minutes * MINUTE), programId, place: null };
  return blocking(whyNot(calendar, fitting, { by, now, taken, startNow: true })).length === 0;
}
