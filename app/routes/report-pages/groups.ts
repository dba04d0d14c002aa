import { bucketsOf } from '#app/domain/reports/report-period.ts';
import type { Grouping } from '#app/domain/reports/teaching.ts';
import { dayAfter, dayBefore } from '../money-pages/period.ts';
import { bucketLabel } from './bucket-label.ts';
import { type ReportFilter, reportQuery } from './report-filter.ts';

export const groupLabels: Record<Grouping, string> = {
  tutor: 'Tutor',
  program: 'Program',
  subject: 'Subject',
  month: 'Month',
  week: 'Week',
};

export const groupChoices = Object.entries(groupLabels).map(([value, label]) => ({ value: value as Grouping, label }));

interface GroupRow {
  key: string | null;
  name: string;
}

/** What a row is called. */
export function groupName({ key, name }: GroupRow, by: Grouping, locale: string): string {
  if (key === null) return 'Of no session';
  return by === 'month' || by === 'week' ? bucketLabel({ key }, by, locale) : name;
}

/** The address of what is behind a row: its tutor, program or subject, or its days within the period. */
export function behind({ key }: GroupRow, filter: ReportFilter): string {
  const { by, from, until } = filter;
  if (by !== 'month' && by !== 'week') return reportQuery(filter, { [by]: key ?? 'none' });
  const days = bucketsOf({ from, to: dayAfter(until) }, by).find((bucket) => bucket.key === key);
  return days ? reportQuery(filter, { from: days.from, until: dayBefore(days.to) }) : reportQuery(filter);
}
