import type { BookingProblem } from './booking-problem.ts';
import { dateOf, dayOf, dayStart, startAt, weekdayOf } from './local-days.ts';
import { covers, lastFrom, overlaps, type Range } from './ranges.ts';
import type { SchedulingRules } from './scheduling-rules.ts';
import { type PlacePoint, travelMinutes } from './travel.ts';
import type { BusyTime, TutorCalendar } from './tutor-calendar.ts';

/** Through which way in somebody plans. The office, and what speaks for it, may book outside hours, and sees it. */
export type BookedBy = 'office' | 'tutor' | 'family' | 'storefront' | 'api';

export const mayOverrule = (by: BookedBy): boolean => by === 'office' || by === 'api';

export interface Fitting {
  startsAt: Date;
  endsAt: Date;
  programId: string;
  /** Of a session in person whose place is known; else null. */
  place: PlacePoint | null;
}

export interface FitContext {
  by: BookedBy;
  now: Date;
  /** Default: the calendar's. */
  rules?: SchedulingRules;
  /** When the students or the room are taken. */
  taken?: readonly Range[];
  /** Somebody starts it at that moment: there is no notice, and hours that say otherwise are only mentioned. */
  startNow?: boolean | undefined;
}

const MINUTE = 60_000;

/** Everything that speaks against a session in this calendar. The calendar must have been read for that time. */
export function whyNot(calendar: TutorCalendar, fitting: Fitting, context: FitContext): BookingProblem[] {
  return [...reasons(calendar, fitting, termsOf(calendar, context))];
}

export interface StartSearch extends FitContext {
  /** Starts at or after `from` and before `to`, on the grid of the zone's clock. */
  from: Date;
  to: Date;
  zone: string;
  gridMinutes: number;
  durationMinutes: number;
  programId: string;
  place: PlacePoint | null;
}

/** The starts against which nothing speaks: what is listed here is what whyNot lets pass. */
export function freeStarts(calendar: TutorCalendar, search: StartSearch): Date[] {
  const { zone, gridMinutes, durationMinutes, programId, place } = search;
  const terms = termsOf(calendar, search);
  const found: Date[] = [];
  for (let day = dayOf(search.from.getTime(), zone); dayStart(day, zone) < search.to.getTime(); day++) {
    for (let minute = 0; minute < 1440; minute += gridMinutes) {
      const start = startAt(day, minute, zone);
      if (start === undefined || start < search.from.getTime() || start >= search.to.getTime()) continue;
      const end = start + durationMinutes * MINUTE;
      // Most of a day is outside hours.
      if (!covers(calendar.open, { start, end })) continue;
      const fitting = { startsAt: new Date(start), endsAt: new Date(end), programId, place };
      if (reasons(calendar, fitting, terms).next().done) found.push(fitting.startsAt);
    }
  }
  return found;
}

interface Terms {
  rules: SchedulingRules;
  /** Of what the office may overrule by seeing it. */
  severity: BookingProblem['severity'];
  /** The first moment at which, and the one from which on, this way in may not book; undefined: whenever. */
  bounds: { earliest: number; latest: number } | undefined;
  taken: readonly Range[];
  startNow: boolean;
}

function termsOf(calendar: TutorCalendar, { by, now, rules = calendar.rules, taken = [], startNow = false }: FitContext): Terms {
  if (mayOverrule(by)) return { rules, severity: 'warning', bounds: undefined, taken, startNow };
  const today = dayOf(now.getTime(), calendar.organisationZone);
  const earliest = startNow ? Number.NEGATIVE_INFINITY : now.getTime() + rules.minNoticeMinutes * MINUTE;
  const latest = dayStart(today + rules.horizonDays + 1, calendar.organisationZone);
  return { rules, severity: 'blocking', bounds: { earliest, latest }, taken, startNow };
}

function* reasons(calendar: TutorCalendar, fitting: Fitting, terms: Terms): Generator<BookingProblem, undefined> {
  const { name } = calendar;
  const range = { start: fitting.startsAt.getTime(), end: fitting.endsAt.getTime() };
  const problem = (code: BookingProblem['code'], message: string, over: Partial<BookingProblem> = {}): BookingProblem => ({
    code,
    severity: terms.severity,
    field: 'wallStart',
    message,
    ...over,
  });
  if (calendar.archived) yield problem('invalid_value', `${name} is archived.`, { severity: 'blocking', field: 'tutorId' });
  const clash = calendar.busy[lastFrom(calendar.busy, range.end + calendar.bufferMinutes * MINUTE - 1)];
  if (clash && clash.bufferedEnd > range.start) {
    const message =
      clash.sessionId === null
        ? `Somebody is booking ${name} for this time right now.`
        : `${name} is already taken then (or within their buffer).`;
    yield problem('tutor_conflict', message, { severity: 'blocking', field: 'tutorId' });
  }
  if (terms.taken.some((taken) => overlaps(taken, range))) {
    const message = 'A student or the room is already taken then.';
    yield problem('student_conflict', message, { severity: 'blocking', field: 'studentIds' });
  }
  for (const message of travelTrouble(calendar, range, fitting.place, terms.rules))
    yield problem('travel_conflict', message, { severity: 'blocking' });
  if (!covers(calendar.open, range)) {
    const message = calendar.isSet ? `This is outside ${name}’s hours.` : `${name} has no hours set.`;
    yield problem('outside_availability', message, terms.startNow ? { severity: 'warning' } : {});
  }
  if (calendar.timeOff.some((off) => off.status === 'approved' && overlaps(off, range)))
    yield problem('time_off', `${name} has time off then.`);
  for (const closure of calendar.closures) {
    if (!overlaps(closure, range) || (closure.programId !== null && closure.programId !== fitting.programId)) continue;
    yield problem('closed', `${closure.programId === null ? 'Closed' : 'This program is closed'} then: ${closure.name}.`);
  }
  const { bounds } = terms;
  if (bounds && range.start < bounds.earliest)
    yield problem('too_soon', `Book at least ${lengthText(terms.rules.minNoticeMinutes)} ahead.`);
  if (bounds && range.start >= bounds.latest)
    yield problem('beyond_horizon', `Book at most ${terms.rules.horizonDays} days ahead.`);
  for (const message of limitTrouble(calendar, range, terms.rules)) yield problem('over_limit', message);
  return undefined;
}

/** Daily and weekly hours, in the tutor's days and weeks. */
function* limitTrouble(calendar: TutorCalendar, range: Range, rules: SchedulingRules): Generator<string> {
  const weekly = [rules.maxMinutesPerWeek, calendar.maxMinutesPerWeek].filter((limit) => limit !== null);
  if (rules.maxMinutesPerDay === null && weekly.length === 0) return;
  const minutes = (range.end - range.start) / MINUTE;
  const day = dayOf(range.start, calendar.zone);
  const onDay = (calendar.minutesByDay.get(dateOf(day)) ?? 0) + minutes;
  if (rules.maxMinutesPerDay !== null && onDay > rules.maxMinutesPerDay) {
    yield `This would be ${lengthText(onDay)} on one day; ${calendar.name} teaches at most ${lengthText(rules.maxMinutesPerDay)}.`;
  }
  const perWeek = Math.min(...weekly);
  const inWeek = (calendar.minutesByWeek.get(mondayOf(day)) ?? 0) + minutes;
  if (inWeek > perWeek) {
    yield `This would be ${lengthText(inWeek)} in one week; ${calendar.name} teaches at most ${lengthText(perWeek)}.`;
  }
}

export const mondayOf = (day: number): string => dateOf(day - weekdayOf(day) + 1);

/** Nobody looks for the way from further back than that. */
const NEIGHBOUR = 1440 * MINUTE;

/** From the place before and to the place after; what is taught online in between takes of the time there is. */
function* travelTrouble(
  calendar: TutorCalendar,
  range: Range,
  place: PlacePoint | null,
  rules: SchedulingRules,
): Generator<string> {
  const before = neighbour(calendar.busy, range, 'before');
  const after = neighbour(calendar.busy, range, 'after');
  const way = (from: PlacePoint, to: PlacePoint, free: number) => {
    const minutes = travelMinutes(from, to, calendar.travel, rules.travel);
    return minutes > free ? `${minutes} min from ${from.name} to ${to.name}, only ${free} free.` : undefined;
  };
  if (place) {
    const there = before && way(before.place, place, before.free);
    if (there) yield there;
    const on = after && way(place, after.place, after.free);
    if (on) yield on;
    return;
  }
  if (!before || !after) return;
  const free = before.free + after.free;
  // Without it the way was possible: it is what takes the time for it.
  const inTheWay = way(before.place, after.place, free);
  if (inTheWay && !way(before.place, after.place, free + (range.end - range.start) / MINUTE)) yield inTheWay;
}

/** The nearest session at a place on one side, and the minutes not taught between it and the range. */
function neighbour(busy: readonly BusyTime[], range: Range, side: 'before' | 'after') {
  let taught = 0;
  const step = side === 'before' ? -1 : 1;
  const first = lastFrom(busy, range.start);
  for (let i = side === 'before' ? first : first + 1; ; i += step) {
    const one = busy[i];
    if (!one) return undefined;
    const gap = side === 'before' ? range.start - one.end : one.start - range.end;
    if (gap > NEIGHBOUR) return undefined;
    // What overlaps it is a clash, not a neighbour.
    if (gap < 0) continue;
    if (one.place) return { place: one.place, free: Math.floor((gap - taught) / MINUTE) };
    taught += one.end - one.start;
  }
}

function lengthText(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (days >= 2 && hours === 0 && rest === 0) return `${days} days`;
  const text = [hours + days * 24 > 0 ? `${hours + days * 24} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ');
  return text || '0 min';
}
