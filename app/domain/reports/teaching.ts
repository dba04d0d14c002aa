import type { Period } from '#app/domain/billing/invoice-run.ts';
import { divideRounded } from '#app/domain/billing/money.ts';

/** What was taught in a span of days, what it brought in and what it cost. Browser-safe. */

/** Of whom: an id; `none`: what belongs to no tutor, program or subject; null: of all. */
export interface ReportScope extends Period {
  tutorId: string | null;
  programId: string | null;
  subjectId: string | null;
}

/** Minutes and minor units. */
export interface TeachingSums {
  /** Settled sessions with somebody in them. */
  sessions: number;
  minutes: number;
  /** Of each student who was there. */
  studentMinutes: number;
  invoiced: bigint;
  /** Settled, and on no invoice yet. */
  unbilled: bigint;
  /** What the credits that were used had cost. */
  credits: bigint;
  wages: bigint;
  mileage: bigint;
  /** Bonuses, corrections, expenses and work that is not teaching. */
  otherPay: bigint;
}

export const NOTHING: TeachingSums = {
  sessions: 0,
  minutes: 0,
  studentMinutes: 0,
  invoiced: 0n,
  unbilled: 0n,
  credits: 0n,
  wages: 0n,
  mileage: 0n,
  otherPay: 0n,
};

export const isNothing = (sums: TeachingSums): boolean => Object.values(sums).every((value) => value === 0 || value === 0n);

export const revenueOf = (sums: TeachingSums): bigint => sums.invoiced + sums.unbilled + sums.credits;
export const payOf = (sums: TeachingSums): bigint => sums.wages + sums.mileage + sums.otherPay;
export const marginOf = (sums: TeachingSums): bigint => revenueOf(sums) - payOf(sums);

export const METRICS = ['hours', 'revenue', 'pay', 'margin'] as const;
export type Metric = (typeof METRICS)[number];
export const isMetric = (text: string | undefined): text is Metric => (METRICS as readonly string[]).includes(text ?? '');

/** Minutes for hours, minor units for the rest. */
export function metricOf(sums: TeachingSums, metric: Metric): bigint {
  if (metric === 'hours') return BigInt(sums.minutes);
  return metric === 'revenue' ? revenueOf(sums) : metric === 'pay' ? payOf(sums) : marginOf(sums);
}

export const GROUPS = ['tutor', 'program', 'subject', 'month', 'week'] as const;
export type Grouping = (typeof GROUPS)[number];

/** part of whole in tenths of a per cent, rounded once; undefined where there is no whole. */
export function permille(part: bigint, whole: bigint): number | undefined {
  return whole === 0n ? undefined : Number(divideRounded(part * 1000n, whole));
}

/** By how much it grew, in tenths of a per cent of what was before; undefined where nothing was. */
export function growth(now: bigint, before: bigint): number | undefined {
  return before === 0n ? undefined : permille(now - before, before < 0n ? -before : before);
}

export interface TeachingRow {
  /** As in the groups of a report: an id, a first day, or null for what belongs to none. */
  key: string | null;
  name: string;
  now: TeachingSums;
  /** Undefined where it is held against nothing. */
  before: TeachingSums | undefined;
}

type Group = { key: string | null; name: string; sums: TeachingSums };

/** Every row of now beside what it was before, and those that are gone; the most first, what belongs to none at the end. */
export function rowsOf(now: readonly Group[], before: readonly Group[] | undefined, metric: Metric): TeachingRow[] {
  const earlier = new Map(before?.map((group) => [group.key, group]));
  const rows: TeachingRow[] = now.map(({ key, name, sums }) => ({
    key,
    name,
    now: sums,
    before: before ? (earlier.get(key)?.sums ?? NOTHING) : undefined,
  }));
  const there = new Set(now.map(({ key }) => key));
  for (const { key, name, sums } of before ?? []) if (!there.has(key)) rows.push({ key, name, now: NOTHING, before: sums });
  const compare = (a: bigint, b: bigint) => (a < b ? 1 : a > b ? -1 : 0);
  return rows.sort(
    (a, b) =>
      Number(a.key === null) - Number(b.key === null) ||
      compare(metricOf(a.now, metric), metricOf(b.now, metric)) ||
      a.name.localeCompare(b.name, 'en'),
  );
}
