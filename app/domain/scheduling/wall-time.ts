import { Temporal } from 'temporal-polyfill';

/**
 * The one resolver from wall time to instant and back. A wall time that a clock change skips does not exist (undefined);
 * one that happens twice means the earlier.
 * @param wall `YYYY-MM-DDTHH:mm` (seconds allowed)
 */
export function wallToInstant(wall: string, zone: string): Date | undefined {
  const plain = Temporal.PlainDateTime.from(wall);
  const zoned = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (!zoned.toPlainDateTime().equals(plain)) return undefined;
  return new Date(zoned.epochMilliseconds);
}

function zoned(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}

/** `YYYY-MM-DDTHH:mm` as a clock in the zone shows the instant. */
export function instantToWall(instant: Date, zone: string): string {
  return zoned(instant, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The calendar day of the instant in the zone, `YYYY-MM-DD`. */
export function localDateOf(instant: Date, zone: string): string {
  const year = instant.getUTCFullYear();
  if (year < 1900 || year > 9000) return zoned(instant, zone).toPlainDate().toString();
  return dayFormat(zone).format(instant);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Swedish writes days as YYYY-MM-DD. A page of a week asks thousands of times, and Temporal's polyfill takes ten times as long. */
function dayFormat(zone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(zone, format);
  }
  return format;
}

/** The instant at which a local day begins (a day may begin at 01:00 where midnight is skipped). */
export function startOfDay(date: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
}

/** The day `days` after (or before, when negative) a day. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** Nobody means a year like 0026; a date field gives it while 2026 is being typed. */
export function isWallTime(text: string): boolean {
  return (
    /^(19|[2-8]\d)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(text) &&
    parses(() => Temporal.PlainDateTime.from(text, { overflow: 'reject' }))
  );
}

export function isLocalDate(text: string): boolean {
  return /^(19|[2-8]\d)\d{2}-\d{2}-\d{2}$/.test(text) && parses(() => Temporal.PlainDate.from(text, { overflow: 'reject' }));
}

export function isZone(text: string): boolean {
  return parses(() => new Intl.DateTimeFormat('en', { timeZone: text }));
}

function parses(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/** The instant `minutes` after (or before) another. */
export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}
