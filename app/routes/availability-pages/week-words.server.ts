import { WEEKDAYS } from '#app/domain/scheduling/week-plan.ts';
import { firstWeekday } from '../calendar-pages/days.ts';

/** How a reader names the days of a week, from the one it begins with; and whether their clock goes to twelve. */
export function weekWords(locale: string) {
  const name = (weekday: number, style: 'short' | 'long') =>
    new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(new Date(`2026-03-0${weekday + 1}T12:00:00Z`));
  const first = firstWeekday(locale);
  return {
    weekdays: WEEKDAYS.map((_, index) => ((first - 1 + index) % 7) + 1).map((weekday) => ({
      weekday,
      short: name(weekday, 'short'),
      long: name(weekday, 'long'),
    })),
    hour12: new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? false,
  };
}
