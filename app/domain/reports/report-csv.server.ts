import type { Kysely } from 'kysely';
import { type CsvRow, csvMoney, toCsv } from '#app/domain/billing/csv.ts';
import { currencyDigits } from '#app/domain/billing/money.ts';
import type { DB } from '#db/types.ts';
import { hoursOf } from './hours.ts';
import type { Comparison } from './report-period.ts';
import { attendanceCsv, creditsCsv, outstandingCsv, utilisationCsv } from './state-csv.server.ts';
import {
  type Grouping,
  isMetric,
  marginOf,
  metricOf,
  payOf,
  type ReportScope,
  revenueOf,
  type TeachingSums,
} from './teaching.ts';
import { listTeachingLines } from './teaching-queries.server.ts';
import { teachingReport } from './teaching-report.server.ts';

export interface CsvWanted {
  id: string;
  scope: ReportScope;
  by: Grouping;
  compare: Comparison;
  currency: string;
  /** The company's zone. */
  zone: string;
  today: string;
  /** Of what is outstanding: the end of which day. */
  on: string;
}

/** A spreadsheet holds no more rows than this. */
const MOST = 1_000_000;

/** A report as a file; undefined where there is none of that name. */
export async function reportCsv(db: Kysely<DB>, wanted: CsvWanted): Promise<string | undefined> {
  if (isMetric(wanted.id)) return teachingCsv(db, { ...wanted, id: wanted.id });
  if (wanted.id === 'lines') return linesCsv(db, wanted);
  if (wanted.id === 'attendance') return attendanceCsv(db, wanted);
  if (wanted.id === 'utilisation') return utilisationCsv(db, wanted);
  if (wanted.id === 'outstanding') return outstandingCsv(db, wanted);
  if (wanted.id === 'credits') return creditsCsv(db, wanted);
  return undefined;
}

const sumColumns = [
  'sessions',
  'hours',
  'student_hours',
  'invoiced',
  'not_invoiced',
  'by_credits',
  'revenue',
  'teaching_pay',
  'mileage',
  'other_pay',
  'pay',
  'margin',
];

function sumCells(sums: TeachingSums, digits: number): CsvRow {
  return {
    sessions: sums.sessions,
    hours: hoursOf(sums.minutes),
    student_hours: hoursOf(sums.studentMinutes),
    invoiced: csvMoney(sums.invoiced, digits),
    not_invoiced: csvMoney(sums.unbilled, digits),
    by_credits: csvMoney(sums.credits, digits),
    revenue: csvMoney(revenueOf(sums), digits),
    teaching_pay: csvMoney(sums.wages, digits),
    mileage: csvMoney(sums.mileage, digits),
    other_pay: csvMoney(sums.otherPay, digits),
    pay: csvMoney(payOf(sums), digits),
    margin: csvMoney(marginOf(sums), digits),
  };
}

async function teachingCsv(db: Kysely<DB>, wanted: CsvWanted & { id: 'hours' | 'revenue' | 'pay' | 'margin' }): Promise<string> {
  const { id: metric, scope, by, compare, currency } = wanted;
  const digits = currencyDigits(currency);
  const report = await teachingReport(db, scope, { by, compare, metric });
  const before = (sums: TeachingSums | undefined) => {
    if (!sums) return null;
    return metric === 'hours' ? hoursOf(sums.minutes) : csvMoney(metricOf(sums, metric), digits);
  };
  const rows: CsvRow[] = report.rows.map((row) => ({
    [by]: row.key === null ? 'Of no session' : row.name || row.key,
    ...sumCells(row.now, digits),
    [`${metric}_before`]: before(row.before),
    currency,
  }));
  rows.push({ [by]: 'Total', ...sumCells(report.total, digits), [`${metric}_before`]: before(report.before), currency });
  return toCsv([by, ...sumColumns, ...(report.before ? [`${metric}_before`] : []), 'currency'], rows, { spreadsheet: true });
}

async function linesCsv(db: Kysely<DB>, { scope, currency }: CsvWanted): Promise<string> {
  const digits = currencyDigits(currency);
  const lines = await listTeachingLines(db, scope, { limit: MOST, offset: 0 });
  const rows = lines.map((line) => ({
    date: line.localDate,
    what: line.about,
    students: line.students,
    tutor: line.tutorName,
    ...sumCells(line, digits),
    currency,
  }));
  return toCsv(['date', 'what', 'students', 'tutor', ...sumColumns, 'currency'], rows, { spreadsheet: true });
}
