import { offsetAt, type ZoneTransition } from '#app/domain/scheduling/zone-transitions.ts';
import { clock } from '#app/ui/clock.ts';
import { cityOf } from '#app/ui/format.ts';
import { type Reader, timeText } from '#app/ui/session-when.ts';
import type { View } from './address.ts';

/** A local date is written as the noon of it in UTC, so that no zone makes another day of it. */
const noon = (date: string) => new Date(`${date}T12:00:00Z`);
const write = (locale: string, date: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(noon(date));

export function dayName(locale: string, date: string): { long: string; weekday: string; number: string } {
  return {
    long: write(locale, date, { weekday: 'long', day: 'numeric', month: 'long' }),
    weekday: write(locale, date, { weekday: 'short' }),
    number: write(locale, date, { day: 'numeric' }),
  };
}

/** November 2026, 23 – 29 November 2026, or Wednesday, 25 November 2026. */
export function namePeriod(locale: string, view: View, dates: readonly string[], date: string): string {
  if (view === 'month') return write(locale, date, { month: 'long', year: 'numeric' });
  if (view === 'day') return write(locale, date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.formatRange(noon(dates[0] ?? date), noon(dates.at(-1) ?? date));
}

export function hourNames(locale: string, { from, to }: { from: number; to: number }): string[] {
  const format = new Intl.DateTimeFormat(locale, { ...hourOnly(locale), timeZone: 'UTC' });
  return Array.from({ length: to - from }, (_, index) => format.format(new Date(Date.UTC(2026, 0, 1, from + index))));
}

function hourOnly(locale: string): Intl.DateTimeFormatOptions {
  const { hour } = clock(locale);
  return hour === 'numeric' ? { hour } : clock(locale);
}

/** Whose clock the page shows, where the company's is another. */
export function zonesText(reader: Reader, at: Date): string | null {
  const apart = (offsetAt(reader.organisationZone, at) - offsetAt(reader.zone, at)) / 60;
  if (apart === 0) return null;
  const hours = Math.floor(Math.abs(apart) / 60);
  const minutes = Math.abs(apart) % 60;
  const text = [hours === 0 ? '' : `${hours} h`, minutes === 0 ? '' : `${minutes} min`].filter(Boolean).join(' ');
  return `Times as in ${cityOf(reader.zone)}; ${cityOf(reader.organisationZone)} is ${text} ${apart > 0 ? 'ahead' : 'behind'}.`;
}

/** Clocks go forward 1 h at 02:00. */
export function clockChangeText(reader: Reader, change: ZoneTransition): string {
  const minutes = Math.round(Math.abs(change.after - change.before) / 60);
  const length = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
  // The moment itself reads as the time after it; what the clock would have said is the time it happens at.
  const wall = new Date(change.at.getTime() + change.before * 1000);
  const at = timeText(reader, wall, 'UTC');
  return `Clocks go ${change.after > change.before ? 'forward' : 'back'} ${length} at ${at}`;
}
