import type { Period } from '#app/domain/billing/invoice-run.ts';

/**
 * The periods of a pay group. They lie end to end without a gap, and each day is in exactly one. Pure; days are
 * YYYY-MM-DD, periods half-open.
 */
export const PAY_CALENDARS = ['weekly', 'fortnightly', 'twice_monthly', 'monthly'] as const;
export type PayCalendarKind = (typeof PAY_CALENDARS)[number];

export interface PayCalendar {
  calendar: PayCalendarKind;
  /**
   * The first day of some period. Weeks are counted from it. Of a month its day of the month alone counts (a month that
   * is too short begins its period on its last day); twice a month is that day and the one 15 days on.
   */
  startsOn: string;
}

export const payCalendarLabel: Record<PayCalendarKind, string> = {
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  twice_monthly: 'Twice a month',
  monthly: 'Every month',
};

const DAY = 86_400_000;
const numberOf = (day: string) => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY);
const dayOf = (number: number) => new Date(number * DAY).toISOString().slice(0, 10);

/** The period that a day lies in. */
export function payPeriodOf({ calendar, startsOn }: PayCalendar, day: string): Period {
  if (calendar === 'weekly' || calendar === 'fortnightly') {
    const length = calendar === 'weekly' ? 7 : 14;
    const start = numberOf(startsOn);
    const from = start + Math.floor((numberOf(day) - start) / length) * length;
    return { from: dayOf(from), to: dayOf(from + length) };
  }
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7)) - 1;
  const days = calendar === 'monthly' ? [Number(startsOn.slice(8))] : halvesOf(Number(startsOn.slice(8)));
  const starts = [-1, 0, 1].flatMap((offset) => days.map((start) => startIn(year, month + offset, start)));
  const at = starts.findLastIndex((start) => start <= day);
  return { from: starts[at] ?? day, to: starts[at + 1] ?? day };
}

function halvesOf(day: number): [number, number] {
  const first = ((day - 1) % 15) + 1;
  return [first, first + 15];
}

/** The `day`-th of a month, or its last day where it has none. */
function startIn(year: number, month: number, day: number): string {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, last))).toISOString().slice(0, 10);
}

export const payPeriodAfter = (calendar: PayCalendar, period: Period): Period => payPeriodOf(calendar, period.to);
export const payPeriodBefore = (calendar: PayCalendar, period: Period): Period =>
  payPeriodOf(calendar, dayOf(numberOf(period.from) - 1));

/** The last `count` periods up to the one that `today` is in, the newest first. */
export function recentPayPeriods(calendar: PayCalendar, today: string, count: number): Period[] {
  const periods = [payPeriodOf(calendar, today)];
  while (periods.length < count) periods.push(payPeriodBefore(calendar, periods.at(-1) as Period));
  return periods;
}
