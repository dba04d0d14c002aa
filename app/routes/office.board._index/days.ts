/** Days as `YYYY-MM-DD` in the browser, where the clock's rules (and the library that knows them) are not needed. */

const DAY_MS = 86_400_000;
const utc = (date: string) => Date.parse(`${date}T00:00:00Z`);

export function dayAfter(date: string, days: number): string {
  return new Date(utc(date) + days * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(first: string, date: string): number {
  return Math.round((utc(date) - utc(first)) / DAY_MS);
}

/** The day the week of a day begins on; 1 is Monday, 7 Sunday. */
export function startOfWeek(date: string, firstWeekday: number): string {
  const weekday = new Date(utc(date)).getUTCDay() || 7;
  return dayAfter(date, -((weekday - firstWeekday + 7) % 7));
}

interface WeekInfo {
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
}

/** The week starts where the locale's does: Monday in Dublin, Sunday in New York. */
export function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & WeekInfo;
  return (known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1;
}

const pad = (n: number) => String(n).padStart(2, '0');

/** A minute of the day as the reader's clock shows it; past midnight it begins again. */
export type Clock = (minute: number) => string;

/** 16:05 where the day has 24 hours, 4:05 PM where it has twice 12. */
export function clockFor(twelve: boolean): Clock {
  if (!twelve) return clockText;
  return (minute) => {
    const hour = Math.trunc(minute / 60) % 24;
    return `${hour % 12 || 12}:${pad(minute % 60)} ${hour < 12 ? 'AM' : 'PM'}`;
  };
}

/** The same as short as it is understood: 4 PM for 4:00 PM, and 16:00. */
export function briefClockFor(twelve: boolean): Clock {
  const clock = clockFor(twelve);
  return (minute) => (twelve ? clock(minute).replace(':00', '') : clock(minute));
}

/** Shorter still, where the hours beside it say which half of the day it is: 4:05 for 4:05 PM. */
export function bareClockFor(twelve: boolean): Clock {
  const clock = clockFor(twelve);
  return (minute) => clock(minute).replace(/ [AP]M$/, '');
}

/** Whether the day has twice 12 hours where this language is spoken. */
export const hasTwelveHours = (locale: string) =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false;

/** 965 -> 16:05; past midnight it begins again. */
export function clockText(minute: number): string {
  const rest = ((minute % 1440) + 1440) % 1440;
  return `${pad(Math.trunc(rest / 60))}:${pad(rest % 60)}`;
}

export const rangeText = (clock: Clock, start: number, minutes: number) => `${clock(start)}–${clock(start + minutes)}`;

/** Mon 23 Nov, in the reader's language. */
export function dayText(date: string, locale: string, options: Intl.DateTimeFormatOptions = {}): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...options,
  }).format(utc(date));
}

/** A wall time as a place among the days shown, or before or after them. */
export function spotOf(wall: string | null, firstDay: string): { day: number; start: number } | undefined {
  if (wall === null) return undefined;
  return { day: daysBetween(firstDay, wall.slice(0, 10)), start: Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16)) };
}
