import { clock } from './clock.ts';

/** A time of a usual week as the locale writes it: `Tue 3:00 PM`, `Tue 15:00`. `start` in minutes from Monday's midnight. */
export function weekTimeText({ start }: { start: number }, locale: string): string {
  // Some Monday, in a zone whose clocks never change.
  const at = new Date(Date.UTC(2024, 0, 1, 0, start));
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', weekday: 'short', ...clock(locale) }).format(at);
}
