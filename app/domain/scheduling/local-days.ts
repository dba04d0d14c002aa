import { Temporal } from 'temporal-polyfill';
import { localDateOf, startOfDay, wallToInstant } from './wall-time.ts';

/**
 * Minutes of local days as moments, fast enough to lay out weeks of hours for many tutors. Days are numbered from
 * 1970-01-01. The one resolver (wall-time.ts) decides on the days on which clocks change; on all others a minute is the
 * day's beginning and so many minutes more.
 */

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

export function dayNumber(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY;
}

export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** 1 is Monday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

const KEPT = 4_000;
const starts = new Map<string, Map<number, number>>();

/** The moment at which a local day begins. */
export function dayStart(day: number, zone: string): number {
  let ofZone = starts.get(zone);
  if (!ofZone || ofZone.size >= KEPT) {
    ofZone = new Map();
    starts.set(zone, ofZone);
  }
  let start = ofZone.get(day);
  if (start === undefined) {
    start = startOfDay(dateOf(day), zone).getTime();
    ofZone.set(day, start);
  }
  return start;
}

const isPlain = (day: number, zone: string) => dayStart(day + 1, zone) - dayStart(day, zone) === DAY;

const wallAt = (day: number, minute: number) =>
  `${dateOf(day)}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/**
 * When a span that is said in wall time begins or ends. A minute that a clock change skips is the moment of the change,
 * one that happens twice the earlier. @param minute from the day's midnight; over 1440: of a day after it
 */
export function momentOf(day: number, minute: number, zone: string): number {
  const onDay = day + Math.floor(minute / 1440);
  const left = ((minute % 1440) + 1440) % 1440;
  if (isPlain(onDay, zone)) return dayStart(onDay, zone) + left * MINUTE;
  const wall = wallAt(onDay, left);
  const exact = wallToInstant(wall, zone);
  if (exact) return exact.getTime();
  const before = Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation: 'earlier' });
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? before.epochMilliseconds;
}

/** The moment of a minute of the day as a booking means it; undefined where a clock change skips it. @param minute below 1440 */
export function startAt(day: number, minute: number, zone: string): number | undefined {
  if (isPlain(day, zone)) return dayStart(day, zone) + minute * MINUTE;
  return wallToInstant(wallAt(day, minute), zone)?.getTime();
}

/** Day and minute that a clock in the zone shows. @param moment one that `startAt` gave, or on a day without a change */
export function wallOf(moment: number, zone: string): string {
  const day = dayNumber(localDateOf(new Date(moment), zone));
  if (isPlain(day, zone)) return wallAt(day, Math.floor((moment - dayStart(day, zone)) / MINUTE));
  return Temporal.Instant.fromEpochMilliseconds(moment)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
}

/** The local day a moment is on. */
export const dayOf = (moment: number, zone: string): number => dayNumber(localDateOf(new Date(moment), zone));
