import type { Kysely } from 'kysely';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { toCsv } from './csv.ts';
import type { Period } from './invoice-run.ts';
import { listIssued } from './invoice-run-queries.server.ts';
import { currencyDigits, formatDecimal } from './money.ts';
import { previewInvoiceRun } from './preview-invoice-run.server.ts';
import { shortPercent } from './tax.ts';

/**
 * invoices.csv, invoice_lines.csv and left_out.csv of a period: what its runs issued, and what a run now would add. So the
 * preview's files are those that issuing writes, and issuing again writes the same.
 */
export async function invoiceRunFiles(db: Kysely<DB>, period: Period, now: Date): Promise<Record<string, string>> {
  const digits = currencyDigits((await getOrganisation(db)).currency);
  const money = (amount: bigint) => formatDecimal(amount, digits);
  const preview = await previewInvoiceRun(db, period, now);
  const invoices = [...(await listIssued(db, period)), ...preview.families];
  return {
    'invoices.csv': toCsv(
      ['client', 'lines', 'net', 'tax', 'total'],
      invoices.map((one) => ({
        client: one.clientRef,
        lines: one.lines.length,
        net: money(one.net),
        tax: money(one.tax),
        total: money(one.total),
      })),
    ),
    'invoice_lines.csv': toCsv(
      ['client', 'kind', 'ref', 'student', 'minutes', 'net', 'tax_percent'],
      invoices.flatMap((one) =>
        one.lines.map((line) => ({
          client: one.clientRef,
          kind: line.kind,
          ref: line.ref,
          student: line.studentRef,
          minutes: line.minutes,
          net: money(line.net),
          tax_percent: shortPercent(line.taxPercent),
        })),
      ),
    ),
    'left_out.csv': toCsv(
      ['session', 'student', 'reason'],
      preview.leftOut.map((place) => ({ session: place.sessionRef, student: place.studentRef, reason: place.reason })),
    ),
  };
}
