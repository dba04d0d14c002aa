import type { Kysely } from 'kysely';
import { toCsv } from '#app/domain/billing/csv.ts';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import { currencyDigits, formatDecimal } from '#app/domain/billing/money.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { listPaid } from './pay-run-queries.server.ts';
import { previewPayRun } from './preview-pay-run.server.ts';

/** payroll.csv and payroll_lines.csv of a period: what its runs paid, and what a run now would add. */
export async function payRunFiles(db: Kysely<DB>, period: Period, now: Date): Promise<Record<string, string>> {
  const digits = currencyDigits((await getOrganisation(db)).currency);
  const preview = await previewPayRun(db, period, now);
  const lines = [
    ...(await listPaid(db, period)),
    ...preview.statements.flatMap((one) => one.lines.map((line) => ({ ...line, tutorRef: one.tutorRef }))),
  ];
  const byTutor = [...Map.groupBy(lines, (line) => line.tutorRef)].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    'payroll.csv': toCsv(
      ['tutor', 'lines', 'total'],
      byTutor.map(([tutor, own]) => ({
        tutor,
        lines: own.length,
        total: formatDecimal(
          own.reduce((sum, line) => sum + line.amount, 0n),
          digits,
        ),
      })),
    ),
    'payroll_lines.csv': toCsv(
      ['tutor', 'kind', 'ref', 'minutes', 'amount'],
      byTutor.flatMap(([tutor, own]) =>
        own.map((line) => ({
          tutor,
          kind: line.kind,
          ref: line.ref,
          minutes: line.minutes,
          amount: formatDecimal(line.amount, digits),
        })),
      ),
    ),
  };
}
