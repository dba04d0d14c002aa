import type { Period } from '#app/domain/billing/invoice-run.ts';
import { isId } from '#app/domain/is-id.ts';
import { COMPARISONS, type Comparison } from '#app/domain/reports/report-period.ts';
import { GROUPS, type Grouping, type ReportScope } from '#app/domain/reports/teaching.ts';
import { dayAfter, readPeriod, type ShownPeriod } from '../money-pages/period.ts';

/** What stands in a report's address: its days, of whom, grouped by what, held against what. Browser-safe. */
export interface ReportFilter extends ShownPeriod {
  /** An id, `none` for what belongs to none, or empty. */
  tutor: string;
  program: string;
  subject: string;
  by: Grouping;
  compare: Comparison;
  page: number;
}

const oneOf = <T extends string>(list: readonly T[], text: string | null, otherwise: T): T =>
  list.find((one) => one === text) ?? otherwise;

const idOf = (text: string | null) => (text === 'none' || isId(text ?? '') ? (text ?? '') : '');

export interface ReadFilter {
  filter: ReportFilter;
  /** Undefined where the days are none; then `errors` says at which field. */
  period: Period | undefined;
  errors: Record<string, string>;
}

/** More years at once tell nobody anything, and would keep the server from everybody else. */
const LONGEST_YEARS = 5;

const isTooLong = ({ from, to }: Period) => to > dayAfter(`${Number(from.slice(0, 4)) + LONGEST_YEARS}${from.slice(4)}`);

export function readReportFilter(params: URLSearchParams, today: string): ReadFilter {
  const { shown, period: asked, errors: wrong } = readPeriod(params, today);
  const tooLong = asked !== undefined && isTooLong(asked);
  const period = tooLong ? undefined : asked;
  const errors = tooLong ? { until: `A report covers ${LONGEST_YEARS} years at most.` } : wrong;
  const page = Number(params.get('page') ?? '1');
  const filter: ReportFilter = {
    ...shown,
    tutor: idOf(params.get('tutor')),
    program: idOf(params.get('program')),
    subject: idOf(params.get('subject')),
    by: oneOf(GROUPS, params.get('by'), 'tutor'),
    compare: oneOf(COMPARISONS, params.get('compare'), 'before'),
    page: Number.isSafeInteger(page) && page > 0 && page < 100_000 ? page : 1,
  };
  return { filter, period, errors };
}

export const scopeOf = (filter: ReportFilter, period: Period): ReportScope => ({
  ...period,
  tutorId: filter.tutor || null,
  programId: filter.program || null,
  subjectId: filter.subject || null,
});

/** The filter as an address says it, without what is as usual. */
export function reportQuery(filter: ReportFilter, over: Partial<ReportFilter> = {}): string {
  const { from, until, tutor, program, subject, by, compare, page } = { ...filter, ...over };
  const params = new URLSearchParams({ from, until });
  if (tutor) params.set('tutor', tutor);
  if (program) params.set('program', program);
  if (subject) params.set('subject', subject);
  if (by !== 'tutor') params.set('by', by);
  if (compare !== 'before') params.set('compare', compare);
  if (page > 1) params.set('page', String(page));
  return params.toString();
}
