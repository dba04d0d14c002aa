import { Temporal } from 'temporal-polyfill';

/** This second as a booking says it: the instant itself, and what a clock in the zone shows. */
export function instantTime(now: Date, zone: string): { startNow: Date; wallStart: string; zone: string } {
  const startNow = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  const wall = Temporal.Instant.fromEpochMilliseconds(startNow.getTime()).toZonedDateTimeISO(zone).toPlainDateTime();
  return { startNow, wallStart: wall.toString({ smallestUnit: 'second' }), zone };
}
