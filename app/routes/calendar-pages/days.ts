import { addDays, isLocalDate } from '#app/domain/scheduling/wall-time.ts';

/** 1 (Monday) to 7 (Sunday), as the locale's calendars have it. */
export function firstWeekday(locale: string): number {
  const { weekInfo, getWeekInfo } = new Intl.Locale(locale) as Intl.Locale & {
    weekInfo?: { firstDay: number };
    getWeekInfo?: () => { firstDay: number };
  };
  return getWeekInfo?.call(new Intl.Locale(locale)).firstDay ?? weekInfo?.firstDay ?? 1;
}

/** The seven days of the week that holds a day. */
export function weekOf(date: string, locale: string): string[] {
  const weekday = new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
  const back = (weekday - firstWeekday(locale) + 7) % 7;
  const first = addDays(date, -back);
  return Array.from({ length: 7 }, (_, index) => addDays(first, index));
}

/** The whole weeks that show a day's month: four to six of them, with the days before and after it that they hold. */
export function weeksOfMonth(date: string, locale: string): string[][] {
  const month = date.slice(0, 7);
  const weeks: string[][] = [];
  let week = weekOf(`${month}-01`, locale);
  do {
    weeks.push(week);
    week = weekOf(addDays(week[0] ?? date, 7), locale);
  } while (week[0]?.startsWith(month));
  return weeks;
}

/** The first day of the month before (-1) or after (1). */
export function otherMonth(date: string, by: -1 | 1): string {
  const first = `${date.slice(0, 7)}-01`;
  return `${addDays(first, by === -1 ? -1 : 31).slice(0, 7)}-01`;
}

/** The day asked for in the address, or today. */
export function askedDay(text: string | null, today: string): string {
  return text !== null && isLocalDate(text) ? text : today;
}
