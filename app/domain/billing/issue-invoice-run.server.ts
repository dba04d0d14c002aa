import { type Kysely, type Selectable, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation, type Organisation } from '#app/domain/organisation/queries.server.ts';
import { scheduleAutoCharges } from '#app/domain/payments/schedule-auto-charges.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { accounts } from './accounts.ts';
import { companySnapshot } from './documents/company.server.ts';
import { queueInvoiceMails } from './invoice-run-mails.server.ts';
import { lockSeries, type TakenNumber, takeNumbers } from './number-series.server.ts';
import { allocatePayments, clientsWithUnapplied } from './payment-allocation.server.ts';
import { postMany } from './post-many.server.ts';
import { type DocumentTotals, type TaxableLine, totalsOf } from './tax.ts';

export interface IssueInvoiceRun {
  runId: string;
  /** Families get no mail. */
  quiet?: boolean;
  /** Invoices per transaction. */
  batchSize?: number;
  /** Told after each batch is committed, with the number of its invoices. */
  onBatch?: (invoices: number) => void | Promise<void>;
}

interface Billed {
  id: string;
  ref: string;
  name: string;
  email: string | null;
  address: string;
}

interface BilledLine extends TaxableLine {
  clientId: string;
}

/**
 * Issues what is left of a confirmed run, a batch of invoices per transaction: numbers, lines, taxes and ledger postings
 * commit together, so that a crash loses no number and gives none twice. Safe to call again, and by two at once.
 * @returns how many invoices this call issued
 */
export async function issueInvoiceRun(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: IssueInvoiceRun,
  actor: Actor = system,
): Promise<number> {
  const { runId, batchSize = 250 } = input;
  const run = await db.selectFrom('invoiceRun').selectAll().where('id', '=', runId).executeTakeFirst();
  if (!run) throw new DomainError('not_found', 'This invoice run is not there.');
  if (run.status === 'issued') return 0;
  try {
    return await issueRest(db, ctx, { ...input, batchSize, run }, actor);
  } catch (error) {
    // Its page and the dashboard say so; the queue tries again, and whoever looks can too.
    const because = error instanceof Error ? error.message.slice(0, 300) : 'It failed.';
    await db.updateTable('invoiceRun').set({ stoppedBecause: because }).where('id', '=', runId).execute();
    throw error;
  }
}

async function issueRest(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: IssueInvoiceRun & { batchSize: number; run: Selectable<DB['invoiceRun']> },
  actor: Actor,
): Promise<number> {
  const { run, runId, batchSize } = input;
  const organisation = await getOrganisation(db);
  const period = { from: run.periodFrom, to: run.periodTo };
  let issued = 0;
  for (;;) {
    const count = await inTransaction(db, (trx) => issueBatch(trx, ctx, { runId, period, organisation, batchSize }));
    if (count === 0) break;
    issued += count;
    await input.onBatch?.(count);
  }
  const mailed = !input.quiet && run.sendMails;
  if (mailed) await queueInvoiceMails(db, ctx, runId);
  await inTransaction(db, async (trx) => {
    const finished = await trx
      .updateTable('invoiceRun')
      .set({ status: 'issued', finishedAt: ctx.clock(), stoppedBecause: null, ...(mailed ? { sentAt: ctx.clock() } : {}) })
      .where('id', '=', runId)
      .where('status', '=', 'issuing')
      .returning('id')
      .executeTakeFirst();
    if (finished) await audit(trx, actor, { action: 'invoice_run.issue', subjectType: 'invoice_run', subjectId: runId });
  });
  return issued;
}

const system: Actor = { userId: null, kind: 'system' };

interface Batch {
  runId: string;
  period: { from: string; to: string };
  organisation: Organisation;
  batchSize: number;
}

async function issueBatch(trx: Transaction<DB>, ctx: DomainContext, batch: Batch): Promise<number> {
  const { runId, organisation } = batch;
  // The series' row is the lock: who holds it issues, and sees all that was issued before.
  await lockSeries(trx, 'invoice');
  const clients = await nextClients(trx, runId, batch.batchSize);
  if (clients.length === 0) return 0;
  const lines = await linesOf(
    trx,
    runId,
    clients.map((client) => client.id),
  );
  const issuedOn = localDateOf(ctx.clock(), organisation.timezone);
  const dueOn = addDays(issuedOn, organisation.policies.invoice.due_days);
  const numbers = await takeNumbers(trx, 'invoice', clients.length, issuedOn);
  const drafts = clients.flatMap((client, index) => {
    const taken = numbers[index];
    return taken ? [{ client, totals: totalsOf(lines.get(client.id) ?? []), ...taken }] : [];
  });
  const ids = await insertInvoices(trx, ctx, batch, drafts, issuedOn, dueOn);
  await insertLines(trx, runId, ids);
  await insertTaxes(trx, drafts, ids);
  await postMany(
    trx,
    drafts.map(({ client, totals, numberText }) => ({
      key: `invoice:${idOf(ids, client.id)}`,
      effectiveOn: issuedOn,
      description: `Invoice ${numberText}`,
      entries: [
        { account: accounts.receivable(client, organisation.currency), amount: totals.total },
        { account: accounts.unbilled(client, organisation.currency), amount: -totals.net },
        { account: accounts.tax(organisation.currency), amount: -totals.tax },
      ],
    })),
  );
  for (const clientId of await clientsWithUnapplied(
    trx,
    clients.map((client) => client.id),
  ))
    await allocatePayments(trx, clientId);
  await scheduleAutoCharges(trx, ctx, [...ids.values()]);
  return clients.length;
}

async function nextClients(trx: Kysely<DB>, runId: string, limit: number): Promise<Billed[]> {
  const { rows } = await sql<Billed>`
    SELECT id, ref, name, email, address FROM client
    WHERE id IN (SELECT client_id FROM charge WHERE run_id = ${runId}::uuid)
      AND NOT EXISTS (SELECT 1 FROM invoice i WHERE i.run_id = ${runId}::uuid AND i.client_id = client.id)
    ORDER BY ref COLLATE "C" LIMIT ${limit}`.execute(trx);
  return rows;
}

/** Of each family its nets and percentages: what the totals are made of. */
async function linesOf(trx: Kysely<DB>, runId: string, clientIds: string[]): Promise<Map<string, BilledLine[]>> {
  const { rows } = await sql<BilledLine>`
    SELECT client_id, net, tax_percent FROM charge
    WHERE run_id = ${runId}::uuid AND client_id = ANY(${clientIds}::uuid[])`.execute(trx);
  return Map.groupBy(rows, (row) => row.clientId);
}

interface Draft extends TakenNumber {
  client: Billed;
  totals: DocumentTotals;
}

async function insertInvoices(
  trx: Kysely<DB>,
  ctx: DomainContext,
  batch: Batch,
  drafts: readonly Draft[],
  issuedOn: string,
  dueOn: string,
): Promise<Map<string, string>> {
  const { organisation, period } = batch;
  const company = JSON.stringify({ ...(await companySnapshot(trx, ctx, organisation)), period });
  const rows = drafts.map(({ client, totals, series, number, numberText }) => ({
    series,
    number: number.toString(),
    number_text: numberText,
    client_id: client.id,
    client_ref: client.ref,
    client_name: client.name,
    client_email: client.email,
    client_address: client.address,
    net: totals.net.toString(),
    tax: totals.tax.toString(),
    total: totals.total.toString(),
  }));
  const made = await sql<{ id: string; clientId: string }>`
    INSERT INTO invoice (run_id, series, number, number_text, client_id, client_ref, client_name, client_email, client_address,
      company, currency, net, tax, total, issued_on, due_on)
    SELECT ${batch.runId}::uuid, series, number, number_text, client_id, client_ref, client_name, client_email, client_address,
      ${company}::jsonb, ${organisation.currency}, net, tax, total, ${issuedOn}::date, ${dueOn}::date
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (series text, number bigint, number_text text, client_id uuid,
      client_ref text, client_name text, client_email text, client_address text, net bigint, tax bigint, total bigint)
    ORDER BY number
    RETURNING id, client_id`.execute(trx);
  return new Map(made.rows.map((row) => [row.clientId, row.id]));
}

/** The claimed charges as they are: fixed by their claim, so they need not pass through here. */
async function insertLines(trx: Kysely<DB>, runId: string, ids: Map<string, string>): Promise<void> {
  await sql`
    INSERT INTO invoice_line (invoice_id, position, charge_id, kind, ref, student_ref, local_date, description, minutes, net,
      tax_percent, late, reason)
    SELECT i.id, row_number() OVER (PARTITION BY c.client_id
        ORDER BY c.local_date, coalesce(s.ref, l.ref, '') COLLATE "C", coalesce(st.ref, '') COLLATE "C",
        c.kind IN ('discount', 'write_off'), c.id),
      c.id, c.kind, coalesce(s.ref, l.ref, ''), coalesce(st.ref, ''), c.local_date, c.description, c.minutes, c.net, c.tax_percent, c.late, c.reason
    FROM unnest(${[...ids.keys()]}::uuid[], ${[...ids.values()]}::uuid[]) AS i (client_id, id)
    JOIN charge c ON c.run_id = ${runId}::uuid AND c.client_id = i.client_id
    LEFT JOIN charge about ON about.id = c.about_charge_id
    LEFT JOIN attendance a ON a.id = coalesce(c.attendance_id, about.attendance_id)
    LEFT JOIN session s ON s.id = a.session_id
    LEFT JOIN student st ON st.id = coalesce(a.student_id, c.student_id)
    LEFT JOIN credit_lot l ON l.id = coalesce(c.credit_lot_id, about.credit_lot_id)`.execute(trx);
}

async function insertTaxes(trx: Kysely<DB>, drafts: readonly Draft[], ids: Map<string, string>): Promise<void> {
  const rows = drafts.flatMap(({ client, totals }) => totals.taxes.map((tax) => ({ ...tax, invoiceId: idOf(ids, client.id) })));
  await sql`
    INSERT INTO invoice_tax (invoice_id, tax_percent, net, tax)
    SELECT * FROM unnest(${rows.map((r) => r.invoiceId)}::uuid[], ${rows.map((r) => r.taxPercent)}::numeric[],
      ${rows.map((r) => r.net.toString())}::bigint[], ${rows.map((r) => r.tax.toString())}::bigint[])`.execute(trx);
}

function idOf(ids: Map<string, string>, clientId: string): string {
  const id = ids.get(clientId);
  if (!id) throw new Error(`no invoice was made for client ${clientId}`);
  return id;
}
