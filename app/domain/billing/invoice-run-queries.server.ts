import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { Period } from './invoice-run.ts';

export interface InvoiceRunView {
  id: string;
  periodFrom: string;
  periodTo: string;
  status: 'issuing' | 'issued';
  confirmedAt: Date;
  confirmedByName: string | null;
  finishedAt: Date | null;
  /** Families that the run bills, and how many of them have their invoice. */
  families: number;
  issued: number;
  /** Net of its lines, minor units; with tax once issued. */
  net: bigint;
  total: bigint;
  /** Why it stopped, while it is not finished; null: it didn't. */
  stoppedBecause: string | null;
  /** Names of what it is limited to, empty for a run of everybody. */
  scopeText: string;
}

const select = sql`
  SELECT r.id, r.period_from, r.period_to, r.status, r.confirmed_at, r.finished_at, nullif(u.name, '') AS confirmed_by_name,
    c.families, c.net, i.issued, i.total, r.stopped_because,
    concat_ws('; ',
      (SELECT string_agg(name, ', ' ORDER BY name) FROM program WHERE id = ANY(r.program_ids)),
      (SELECT string_agg(name, ', ' ORDER BY name) FROM plugin_install WHERE id = ANY(r.billing_install_ids)),
      CASE WHEN cardinality(r.client_ids) > 3 THEN cardinality(r.client_ids) || ' families'
        ELSE (SELECT string_agg(name, ', ' ORDER BY name) FROM client WHERE id = ANY(r.client_ids)) END) AS scope_text
  FROM invoice_run r
  LEFT JOIN users u ON u.id = r.confirmed_by
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT client_id)::int AS families, coalesce(sum(net), 0)::bigint AS net FROM charge WHERE run_id = r.id) c
  CROSS JOIN LATERAL (SELECT count(*)::int AS issued, coalesce(sum(total), 0)::bigint AS total FROM invoice WHERE run_id = r.id) i`;

/** Newest first. */
export async function listInvoiceRuns(db: Kysely<DB>, limit = 50): Promise<InvoiceRunView[]> {
  const { rows } = await sql<InvoiceRunView>`${select} ORDER BY r.confirmed_at DESC, r.id DESC LIMIT ${limit}`.execute(db);
  return rows;
}

export async function getInvoiceRun(db: Kysely<DB>, id: string): Promise<InvoiceRunView> {
  const { rows } = await sql<InvoiceRunView>`${select} WHERE r.id = ${id}::uuid`.execute(db);
  if (!rows[0]) throw new DomainError('not_found', 'This invoice run is not there.');
  return rows[0];
}

/** The runs of exactly this period, in the order they were confirmed. */
export async function listRunsOf(db: Kysely<DB>, { from, to }: Period): Promise<{ id: string; status: string }[]> {
  return db
    .selectFrom('invoiceRun')
    .select(['id', 'status'])
    .where('periodFrom', '=', from)
    .where('periodTo', '=', to)
    .orderBy('confirmedAt')
    .orderBy('id')
    .execute();
}

/** What the runs of exactly this period issued, as its files list it. */
export interface IssuedInvoice {
  clientRef: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  lines: { kind: string; ref: string; studentRef: string; minutes: number | null; net: bigint; taxPercent: string }[];
}

export async function listIssued(db: Kysely<DB>, period: Period): Promise<IssuedInvoice[]> {
  const runs = (await listRunsOf(db, period)).map((run) => run.id);
  if (runs.length === 0) return [];
  const { rows } = await sql<IssuedInvoice & { id: string }>`
    SELECT id, client_ref, net, tax, total FROM invoice WHERE run_id = ANY(${runs}::uuid[]) ORDER BY number`.execute(db);
  const lines = await sql<IssuedInvoice['lines'][number] & { invoiceId: string }>`
    SELECT l.invoice_id, l.kind, l.ref, l.student_ref, l.minutes, l.net, l.tax_percent
    FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id
    WHERE i.run_id = ANY(${runs}::uuid[]) ORDER BY i.number, l.position`.execute(db);
  const byInvoice = Map.groupBy(lines.rows, (line) => line.invoiceId);
  return rows.map((invoice) => ({ ...invoice, lines: byInvoice.get(invoice.id) ?? [] }));
}

/** The oldest run that was confirmed and is not issued to its end. */
export async function findUnfinishedRun(db: Kysely<DB>): Promise<string | undefined> {
  const run = await db
    .selectFrom('invoiceRun')
    .select('id')
    .where('status', '=', 'issuing')
    .orderBy('confirmedAt')
    .executeTakeFirst();
  return run?.id;
}

export interface RunMails {
  /** Invoices that have an address to mail them to, and how many of them were. */
  addressed: number;
  mailed: number;
  /** Mails that could not be delivered. */
  failed: number;
}

export async function countRunMails(db: Kysely<DB>, runId: string): Promise<RunMails> {
  const { rows } = await sql<RunMails>`
    SELECT count(*) FILTER (WHERE i.client_email IS NOT NULL)::int AS addressed,
      count(*) FILTER (WHERE m.mails > 0)::int AS mailed, count(*) FILTER (WHERE m.failed > 0)::int AS failed
    FROM invoice i CROSS JOIN LATERAL (
      SELECT count(*) AS mails, count(*) FILTER (WHERE status = 'failed') AS failed
      FROM mail_message WHERE invoice_id = i.id AND template = 'invoice') m
    WHERE i.run_id = ${runId}::uuid`.execute(db);
  return rows[0] ?? { addressed: 0, mailed: 0, failed: 0 };
}

/** For the dashboard: runs that stopped, and proposals that wait for a second person. */
export async function countRunsWaiting(db: Kysely<DB>): Promise<{ stopped: number; proposals: number }> {
  const { rows } = await sql<{ stopped: number; proposals: number }>`
    SELECT (SELECT count(*)::int FROM invoice_run WHERE status = 'issuing' AND stopped_because IS NOT NULL) AS stopped,
      (SELECT count(*)::int FROM invoice_run_proposal WHERE status = 'open') AS proposals`.execute(db);
  return rows[0] ?? { stopped: 0, proposals: 0 };
}
