import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { csvMoney, toCsv } from './csv.ts';
import { getInvoiceRun } from './invoice-run-queries.server.ts';
import { currencyDigits } from './money.ts';
import { shortPercent } from './tax.ts';

const columns = [
  ...['invoice', 'client', 'family', 'issued', 'due', 'date', 'kind', 'ref', 'student', 'description', 'minutes', 'net'],
  ...['tax_percent', 'currency', 'late'],
];

interface Row {
  invoice: string;
  client: string;
  family: string;
  issued: string;
  due: string;
  date: string;
  kind: string;
  ref: string;
  student: string;
  description: string;
  minutes: number | null;
  net: bigint;
  taxPercent: string;
  currency: string;
  late: boolean;
}

/** The lines of all invoices of a run, a row each, for a spreadsheet or another book-keeping. @throws DomainError not_found */
export async function runLinesCsv(db: Kysely<DB>, runId: string): Promise<{ name: string; csv: string }> {
  const run = await getInvoiceRun(db, runId);
  const { rows } = await sql<Row>`
    SELECT i.number_text AS invoice, i.client_ref AS client, i.client_name AS family, i.issued_on::text AS issued,
      i.due_on::text AS due, l.local_date::text AS date, l.kind, l.ref, l.student_ref AS student, l.description, l.minutes,
      l.net, l.tax_percent, i.currency, l.late
    FROM invoice i JOIN invoice_line l ON l.invoice_id = i.id
    WHERE i.run_id = ${runId}::uuid ORDER BY i.number, l.position`.execute(db);
  const csv = toCsv(
    columns,
    rows.map(({ taxPercent, ...row }) => ({
      ...row,
      net: csvMoney(row.net, currencyDigits(row.currency)),
      tax_percent: shortPercent(taxPercent),
      late: row.late ? 'yes' : '',
    })),
    { spreadsheet: true },
  );
  return { name: `invoice-lines-${run.periodFrom}.csv`, csv };
}
