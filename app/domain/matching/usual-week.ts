import { type AvailabilityException, type AvailabilityRule, openRanges } from '#app/domain/scheduling/availability.ts';
import { dayNumber, dayStart, momentOf, wallOf } from '#app/domain/scheduling/local-days.ts';
import { lastFrom, type Range, subtract, union } from '#app/domain/scheduling/ranges.ts';
import type { PlacePoint } from '#app/domain/scheduling/travel.ts';
import type { TutorFacts, WeekSpan } from './match-facts.ts';
import { DAY, inAtLeast, WEEK } from './week-spans.ts';

/** So many weeks, from the one a request starts in, say what a usual week looks like. */
export const LOOKED_AT_WEEKS = 4;
/** Free in so many of them is free in a usual week: one holiday or one single session doesn't take a time away. */
const FREE_IN_WEEKS = 3;
/** Taken in so many is taken: a fortnightly session is. */
const TAKEN_IN_WEEKS = 2;
const MINUTE = 60_000;

/** What is planned with a tutor: [start, end) is taught, nothing else begins before `bufferedEnd`. Milliseconds since 1970. */
export interface PlannedTime extends Range {
  bufferedEnd: number;
  seriesId: string | null;
  /** The series goes on without an end. */
  open: boolean;
  engagementId: string | null;
  place: PlacePoint | null;
}

export interface TutorTimes {
  zone: string;
  bufferMinutes: number;
  rules: AvailabilityRule[];
  exceptions: AvailabilityException[];
  /** Approved. */
  timeOff: Range[];
  /** How a tutor without any weekly hours is read. */
  unset: 'never' | 'always';
  /** In order of their starts. */
  planned: PlannedTime[];
  maxMinutesPerDay: number | null;
  /** What was agreed by the week, whether planned yet or not. */
  engagements: { id: string; startsOn: string; endsOn: string | null; minutesPerWeek: number }[];
}

export interface When {
  monday: string;
  knownMonday: string;
  zone: string;
}

export type UsualWeek = Pick<TutorFacts, 'free' | 'visits' | 'plannedMinutesPerWeek' | 'dayMinutesLeft'>;

/**
 * What a week of a tutor usually looks like, in the organisation's wall time, derived from four weeks:
 * - open is what the weekly hours valid then, with single days, and less approved time off, leave in three of the four. A
 *   company's closures are left out, since they are nobody's habit. Where clocks change between the zones in these weeks,
 *   only what stays open counts.
 * - taken is what has a session in two of them, or one of a series in the last: a single session takes no time away, a
 *   series that has just begun does.
 * - planned are the minutes of the four weeks on average; of an engagement what was agreed, where that is more.
 * @param monday of the week the request starts in, in the organisation's zone
 * @param knownMonday the last Monday from which on open series are planned four weeks ahead: for later starts their times
 *   are read there
 */
export function usualWeek(tutor: TutorTimes, { monday, knownMonday, zone }: When): UsualWeek {
  const window = windowOf(monday, zone);
  const open = openRanges({ ...tutor, from: new Date(window.start), to: new Date(window.end) });
  const openWeeks = toWeeks(subtract(open, tutor.timeOff), dayNumber(monday), zone);
  const all = seenFrom(tutor.planned, { monday, knownMonday, zone });
  const around = (session: PlannedTime) => ({
    start: session.start - tutor.bufferMinutes * MINUTE,
    end: session.bufferedEnd,
  });
  const taken = usuallyTaken(all, around, zone);
  const taught = usuallyTaken(all, (session) => session, zone);
  return {
    free: subtract(inAtLeast(FREE_IN_WEEKS, openWeeks), taken),
    visits: placesOf(all).flatMap((place) =>
      usuallyTaken(
        all.filter(({ session }) => session.place?.id === place.id),
        (session) => session,
        zone,
      ).map((span) => ({ ...span, place })),
    ),
    plannedMinutesPerWeek: minutesAWeek(
      tutor,
      all.map(({ session }) => session),
      monday,
    ),
    dayMinutesLeft:
      tutor.maxMinutesPerDay === null
        ? null
        : Array.from({ length: 7 }, (_, day) => Math.max(0, (tutor.maxMinutesPerDay ?? 0) - minutesOn(day, taught))),
  };
}

/** When somebody, such as a student, is usually taken. */
export const usuallyPlanned = (planned: readonly PlannedTime[], when: When): WeekSpan[] =>
  usuallyTaken(seenFrom(planned, when), (session) => session, when.zone);

function seenFrom(planned: readonly PlannedTime[], { monday, knownMonday, zone }: When): Seen[] {
  const seen = plannedIn(planned, windowOf(monday, zone)).map((session) => ({ session, monday }));
  if (monday <= knownMonday) return seen;
  const goingOn = plannedIn(planned, windowOf(knownMonday, zone)).filter((session) => session.open);
  return [...seen, ...goingOn.map((session) => ({ session, monday: knownMonday }))];
}

export const windowOf = (monday: string, zone: string): Range => ({
  start: momentOf(dayNumber(monday), 0, zone),
  end: momentOf(dayNumber(monday) + LOOKED_AT_WEEKS * 7, 0, zone),
});

/** Sessions that touch the window; nothing lasts longer than a day. */
function plannedIn(planned: readonly PlannedTime[], window: Range): PlannedTime[] {
  const first = lastFrom(planned, window.start - DAY * MINUTE) + 1;
  const found: PlannedTime[] = [];
  for (let i = first; i < planned.length; i++) {
    const session = planned[i] as PlannedTime;
    if (session.start >= window.end) break;
    if (session.bufferedEnd > window.start) found.push(session);
  }
  return found;
}

type Seen = { session: PlannedTime; monday: string };

function usuallyTaken(sessions: readonly Seen[], rangeOf: (session: PlannedTime) => Range, zone: string): WeekSpan[] {
  if (sessions.length === 0) return [];
  const weeks: WeekSpan[][] = Array.from({ length: LOOKED_AT_WEEKS }, () => []);
  const going: WeekSpan[] = [];
  for (const { session, monday } of sessions) {
    toWeeks([rangeOf(session)], dayNumber(monday), zone).forEach((spans, week) => {
      weeks[week]?.push(...spans);
      if (session.seriesId !== null && week === LOOKED_AT_WEEKS - 1) going.push(...spans);
    });
  }
  return union([...inAtLeast(TAKEN_IN_WEEKS, weeks.map(union)), ...going]);
}

/** Wall time of each week, in minutes from its Monday. What lies outside the four weeks is left out. */
export function toWeeks(ranges: readonly Range[], firstDay: number, zone: string): WeekSpan[][] {
  const weeks: WeekSpan[][] = Array.from({ length: LOOKED_AT_WEEKS }, () => []);
  for (const { start, end } of ranges) {
    const last = Math.min(dayAt(end - 1, firstDay, zone), firstDay + LOOKED_AT_WEEKS * 7 - 1);
    for (let day = Math.max(dayAt(start, firstDay, zone), firstDay); day <= last; day++) {
      const from = Math.max(start, dayStart(day, zone));
      const to = Math.min(end, dayStart(day + 1, zone));
      const offset = ((day - firstDay) % 7) * DAY;
      const span = {
        start: offset + minuteOf(from, day, zone),
        end: offset + (to === dayStart(day + 1, zone) ? DAY : minuteOf(to, day, zone)),
      };
      const week = weeks[Math.floor((day - firstDay) / 7)];
      const before = week?.at(-1);
      if (before && before.end === span.start) before.end = span.end;
      // An hour that a clock goes through twice may end before it began.
      else if (span.end > span.start) week?.push(span);
    }
  }
  return weeks;
}

/** The day a moment is on, counted from a day nearby: asking the calendar takes a hundred times as long. */
function dayAt(moment: number, near: number, zone: string): number {
  let day = near + Math.floor((moment - dayStart(near, zone)) / (DAY * MINUTE));
  while (dayStart(day, zone) > moment) day--;
  while (dayStart(day + 1, zone) <= moment) day++;
  return day;
}

function minuteOf(moment: number, day: number, zone: string): number {
  if (dayStart(day + 1, zone) - dayStart(day, zone) === DAY * MINUTE) return Math.floor((moment - dayStart(day, zone)) / MINUTE);
  const wall = wallOf(moment, zone);
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

function placesOf(sessions: readonly Seen[]): PlacePoint[] {
  return [...new Map(sessions.flatMap(({ session: { place } }) => (place ? [[place.id, place] as const] : []))).values()];
}

function minutesOn(day: number, taught: readonly WeekSpan[]): number {
  const whole = { start: day * DAY, end: (day + 1) * DAY };
  return taught.reduce((sum, { start, end }) => sum + Math.max(0, Math.min(end, whole.end) - Math.max(start, whole.start)), 0);
}

function minutesAWeek(tutor: TutorTimes, sessions: readonly PlannedTime[], monday: string): number {
  const byEngagement = new Map<string | null, number>();
  for (const { engagementId, start, end } of sessions) {
    const minutes = (end - start) / MINUTE / LOOKED_AT_WEEKS;
    byEngagement.set(engagementId, (byEngagement.get(engagementId) ?? 0) + minutes);
  }
  const until = dayNumber(monday) + LOOKED_AT_WEEKS * 7;
  for (const { id, startsOn, endsOn, minutesPerWeek } of tutor.engagements) {
    const holds = dayNumber(startsOn) < until && (endsOn === null || endsOn >= monday);
    if (holds) byEngagement.set(id, Math.max(byEngagement.get(id) ?? 0, minutesPerWeek));
  }
  return Math.min(WEEK, Math.round([...byEngagement.values()].reduce((sum, minutes) => sum + minutes, 0)));
}
