import type { Period } from '#app/domain/billing/invoice-run.ts';

/** The days a report is about, what stands before them, and how a chart cuts them up. Browser-safe. */

const iso = (year: number, month: number, day: number) => new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
const parts = (day: string): [year: number, month: number, day: number] => [
  Number(day.slice(0, 4)),
  Number(day.slice(5, 7)) - 1,
  Number(day.slice(8)),
];

const shiftDays = (day: string, by: number): string => {
  const [year, month, date] = parts(day);
  return iso(year, month, date + by);
};

const shiftMonths = (day: string, by: number): string => {
  const [year, month, date] = parts(day);
  const last = Number(iso(year, month + by + 1, 0).slice(8));
  return iso(year, month + by, Math.min(date, last));
};

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** How many calendar months the period is, where it is whole ones. */
function monthsOf({ from, to }: Period): number | undefined {
  const [fromYear, fromMonth, fromDay] = parts(from);
  const [toYear, toMonth, toDay] = parts(to);
  return fromDay === 1 && toDay === 1 ? (toYear - fromYear) * 12 + toMonth - fromMonth : undefined;
}

export const COMPARISONS = ['before', 'year', 'none'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** What a period is held against: as many months (or days) just before it, or the same days a year earlier. */
export function comparedWith(period: Period, comparison: Comparison): Period | undefined {
  if (comparison === 'none') return undefined;
  if (comparison === 'year') return { from: shiftMonths(period.from, -12), to: shiftMonths(period.to, -12) };
  const months = monthsOf(period);
  const from = months ? shiftMonths(period.from, -months) : shiftDays(period.from, -daysBetween(period.from, period.to));
  return { from, to: period.from };
}

export type BucketUnit = 'day' | 'week' | 'month';

export interface Bucket extends Period {
  /** The first day of its week or month: what rows of the database are grouped by. It may lie before the period. */
  key: string;
}

/** A bar for each day up to a month, for each week up to a quarter, and for each month beyond. */
export function bucketUnit({ from, to }: Period): BucketUnit {
  const days = daysBetween(from, to);
  return days <= 31 ? 'day' : days <= 93 ? 'week' : 'month';
}

/** The whole period without a gap, cut at Mondays or firsts of months; the ends are those of the period. */
export function bucketsOf(period: Period, unit: BucketUnit): Bucket[] {
  const buckets: Bucket[] = [];
  for (let from = period.from; from < period.to; ) {
    const key = startOf(from, unit);
    const after = unit === 'month' ? shiftMonths(key, 1) : shiftDays(key, unit === 'week' ? 7 : 1);
    const to = after < period.to ? after : period.to;
    buckets.push({ key, from, to });
    from = to;
  }
  return buckets;
}

function startOf(day: string, unit: BucketUnit): string {
  if (unit === 'month') return `${day.slice(0, 8)}01`;
  if (unit === 'day') return day;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return shiftDays(day, -((weekday + 6) % 7));
}

export interface ReportPreset {
  key: string;
  label: string;
  from: string;
  /** Inclusive. */
  until: string;
}

/** The spans people ask for, as their first and last day. */
export function reportPresets(today: string): ReportPreset[] {
  const [year, month] = parts(today);
  const months = (from: number, until: number) => ({ from: iso(year, month + from, 1), until: iso(year, month + until + 1, 0) });
  return [
    { key: 'this-month', label: 'This month', ...months(0, 0) },
    { key: 'last-month', label: 'Last month', ...months(-1, -1) },
    { key: 'three-months', label: 'Last 3 months', ...months(-3, -1) },
    { key: 'twelve-months', label: 'Last 12 months', ...months(-12, -1) },
    { key: 'this-year', label: 'This year', from: iso(year, 0, 1), until: iso(year, 11, 31) },
    { key: 'last-year', label: 'Last year', from: iso(year - 1, 0, 1), until: iso(year - 1, 11, 31) },
  ];
}
