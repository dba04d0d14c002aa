import type { Period } from './invoice-run.ts';
import type { ScheduleEvery } from './invoice-schedule.schema.ts';

const DAY = 86_400_000;
const iso = (at: number) => new Date(at).toISOString().slice(0, 10);

/**
 * The same day some months on, the last of a month that has none.
 */
function addMonths(day: string, months: number, anchor: number): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1 + months;
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return iso(Date.UTC(year, month, Math.min(anchor, last)));
}

/**
 * What a run made on a day covers, half-open: the days up to it. A monthly one covers the calendar month before, whichever
 * day of the month it is made on; a weekly or fortnightly one the 7 or 14 days before.
 */
export function schedulePeriod(every: ScheduleEvery, on: string): Period {
  if (every === 'month') {
    const first = `${on.slice(0, 7)}-01`;
    return { from: addMonths(first, -1, 1), to: first };
  }
  return { from: iso(Date.parse(on) - (every === 'week' ? 7 : 14) * DAY), to: on };
}

/** The day after this one on which it is made again. */
export function nextScheduled(every: ScheduleEvery, on: string): string {
  if (every === 'month') return addMonths(on, 1, Number(on.slice(8)));
  return iso(Date.parse(on) + (every === 'week' ? 7 : 14) * DAY);
}
