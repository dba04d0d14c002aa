import type { BucketUnit } from '#app/domain/reports/report-period.ts';

/** "3 Mar" for a day or the Monday of a week, "Mar 2026" for a month. */
export function bucketLabel({ key }: { key: string }, unit: BucketUnit, locale: string): string {
  const options =
    unit === 'month' ? ({ month: 'short', year: 'numeric' } as const) : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${key}T12:00:00Z`));
}
