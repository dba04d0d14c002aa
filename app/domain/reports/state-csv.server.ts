import type { Kysely } from 'kysely';
import { csvMoney, toCsv } from '#app/domain/billing/csv.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import type { DB } from '#db/types.ts';
import { attendanceRate, OUTCOMES } from './attendance.ts';
import { attendanceReport } from './attendance-queries.server.ts';
import { listCreditsOutstanding } from './credits-outstanding.server.ts';
import { hoursOf } from './hours.ts';
import { listOutstanding } from './outstanding-queries.server.ts';
import type { CsvWanted } from './report-csv.server.ts';
import { permille } from './teaching.ts';
import { listUtilisation } from './utilisation.server.ts';

const spreadsheet = { spreadsheet: true };

/** Tenths of a per cent as per cent. */
const percentOf = (value: number | undefined) => (value === undefined ? null : formatDecimal(BigInt(value), 1));

export async function attendanceCsv(db: Kysely<DB>, { scope, by }: CsvWanted): Promise<string> {
  const { rows, total } = await attendanceReport(db, scope, by);
  const cells = [...rows, { name: 'Total', sums: total }].map(({ name, sums }) => ({
    [by]: name,
    ...sums,
    attendance_percent: percentOf(attendanceRate(sums)),
  }));
  return toCsv([by, ...OUTCOMES, 'attendance_percent'], cells, spreadsheet);
}

export async function utilisationCsv(db: Kysely<DB>, { scope, zone }: CsvWanted): Promise<string> {
  const tutors = await listUtilisation(db, { ...scope, tutorId: scope.tutorId === 'none' ? null : scope.tutorId }, zone);
  const rows = tutors.map(({ name, sessions, open, booked, taught }) => ({
    tutor: name,
    sessions,
    hours_offered: open === null ? null : hoursOf(open),
    hours_booked: hoursOf(booked),
    hours_taught: hoursOf(taught),
    utilisation_percent: open === null ? null : percentOf(permille(BigInt(booked), BigInt(open))),
  }));
  const columns = ['tutor', 'sessions', 'hours_offered', 'hours_booked', 'hours_taught', 'utilisation_percent'];
  return toCsv(columns, rows, spreadsheet);
}

export async function outstandingCsv(db: Kysely<DB>, { on, currency }: CsvWanted): Promise<string> {
  const digits = currencyDigits(currency);
  const families = await listOutstanding(db, on);
  const rows = families.map((family) => ({
    family: family.clientName,
    on,
    not_due: csvMoney(family.current, digits),
    days_1_to_30: csvMoney(family.d30, digits),
    days_31_to_60: csvMoney(family.d60, digits),
    days_61_to_90: csvMoney(family.d90, digits),
    days_over_90: csvMoney(family.older, digits),
    open: csvMoney(family.open, digits),
    paid_ahead: csvMoney(family.unapplied, digits),
    currency,
  }));
  const ages = ['not_due', 'days_1_to_30', 'days_31_to_60', 'days_61_to_90', 'days_over_90'];
  return toCsv(['family', 'on', ...ages, 'open', 'paid_ahead', 'currency'], rows, spreadsheet);
}

export async function creditsCsv(db: Kysely<DB>, { today, currency }: CsvWanted): Promise<string> {
  const digits = currencyDigits(currency);
  const families = await listCreditsOutstanding(db, today);
  const rows = families.map((family) => ({
    family: family.clientName,
    available: formatDecimal(family.available, 2),
    booked: formatDecimal(family.booked, 2),
    worth: csvMoney(family.worth, digits),
    ends_within_30_days: formatDecimal(family.expiring, 2),
    next_end: family.expiresOn,
    currency,
  }));
  return toCsv(['family', 'available', 'booked', 'worth', 'ends_within_30_days', 'next_end', 'currency'], rows, spreadsheet);
}
