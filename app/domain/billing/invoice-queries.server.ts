import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { Company } from './documents/company.ts';

export interface InvoiceSummary {
  id: string;
  numberText: string;
  runId: string;
  clientId: string;
  clientName: string;
  currency: string;
  issuedOn: string;
  dueOn: string;
  periodFrom: string;
  periodTo: string;
  total: bigint;
  /** What credit notes took back, 0 or negative. */
  credited: bigint;
  paid: bigint;
  /** Given up by the office. */
  writtenOff: bigint;
  /** total + credited - writtenOff - paid. */
  open: bigint;
}

export interface InvoiceFilter {
  clientIds?: readonly string[];
  runId?: string;
  /** 'open': not all paid; 'overdue': open and past its day. */
  state?: 'open' | 'overdue' | 'paid';
  /** Part of the number or of the family's name. */
  search?: string;
  today?: string;
  limit?: number;
  offset?: number;
}

const summary = sql`
  SELECT i.id, i.number_text, i.number, i.run_id, i.client_id, i.client_name, i.currency, i.issued_on, i.due_on, r.period_from, r.period_to,
    i.total, n.credited, w.written_off, p.paid, (i.total + n.credited - w.written_off - p.paid)::bigint AS open
  FROM invoice i
  JOIN invoice_run r ON r.id = i.run_id
  CROSS JOIN LATERAL (SELECT coalesce(sum(total), 0)::bigint AS credited FROM credit_note WHERE invoice_id = i.id) n
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0)::bigint AS written_off FROM invoice_write_off WHERE invoice_id = i.id) w
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount), 0)::bigint AS paid FROM payment_allocation WHERE invoice_id = i.id) p`;

/** Newest first. */
export async function listInvoices(db: Kysely<DB>, filter: InvoiceFilter = {}): Promise<InvoiceSummary[]> {
  const { clientIds = null, runId = null, state = null, today = null, limit = 200, offset = 0 } = filter;
  const search = filter.search ? `%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%` : null;
  const { rows } = await sql<InvoiceSummary>`
    SELECT * FROM (${summary}) one
    WHERE (${clientIds}::uuid[] IS NULL OR client_id = ANY(${clientIds}::uuid[]))
      AND (${runId}::uuid IS NULL OR run_id = ${runId}::uuid)
      AND (${search}::text IS NULL OR number_text ILIKE ${search} OR unaccent(client_name) ILIKE unaccent(${search}::text))
      AND CASE ${state}::text WHEN 'open' THEN open > 0 WHEN 'paid' THEN open <= 0
        WHEN 'overdue' THEN open > 0 AND due_on < ${today}::date ELSE true END
    ORDER BY issued_on DESC, number DESC LIMIT ${limit} OFFSET ${offset}`.execute(db);
  return rows;
}

export interface InvoiceLineView {
  id: string;
  position: number;
  kind: string;
  ref: string;
  sessionId: string | null;
  attendanceId: string | null;
  studentName: string;
  localDate: string;
  description: string;
  minutes: number | null;
  net: bigint;
  taxPercent: string;
  late: boolean;
  reason: unknown;
  revision: number;
  /** The credit notes that took of it, and what they took, 0 or negative. */
  creditedBy: string | null;
  credited: bigint;
  /** Why its place is on no invoice now, where it was credited; NULL once it is billed again. */
  leftOut: string | null;
}

export interface InvoiceDetail extends InvoiceSummary {
  clientRef: string;
  clientEmail: string | null;
  clientAddress: string;
  company: Company;
  net: bigint;
  tax: bigint;
  lines: InvoiceLineView[];
  taxes: { taxPercent: string; net: bigint; tax: bigint }[];
  creditNotes: CreditNoteView[];
  payments: { receivedOn: string; method: string; reference: string; amount: bigint }[];
  writeOffs: { id: string; writtenOffOn: string; amount: bigint; reason: string }[];
}

export interface CreditNoteView {
  id: string;
  numberText: string;
  reason: string;
  net: bigint;
  tax: bigint;
  total: bigint;
  issuedOn: string;
  /** What of which line it takes back, negative. */
  lines: { lineId: string; net: bigint }[];
  /** Null: of before, as the invoice has it. */
  company: Company | null;
}

export async function findInvoice(db: Kysely<DB>, id: string): Promise<InvoiceDetail | undefined> {
  const { rows } = await sql<Omit<InvoiceDetail, 'lines' | 'taxes' | 'creditNotes' | 'payments' | 'writeOffs'>>`
    SELECT one.*, i.client_ref, i.client_email, i.client_address, i.company, i.net, i.tax
    FROM (${summary} WHERE i.id = ${id}::uuid) one JOIN invoice i ON i.id = one.id`.execute(db);
  const invoice = rows[0];
  if (!invoice) return undefined;
  const [lines, taxes, creditNotes, payments, writeOffs] = await Promise.all([
    sql<InvoiceLineView>`
      SELECT l.id, l.position, l.kind, l.ref, a.session_id, a.id AS attendance_id, coalesce(trim(st.first_name || ' ' || st.last_name), '') AS student_name,
        l.local_date, l.description, l.minutes, l.net, l.tax_percent, l.late, l.reason, c.revision, n.credited_by, n.credited, a.left_out
      FROM invoice_line l
      JOIN charge c ON c.id = l.charge_id
      LEFT JOIN attendance a ON a.id = c.attendance_id
      LEFT JOIN student st ON st.id = a.student_id
      CROSS JOIN LATERAL (
        SELECT string_agg(n.number_text, ', ' ORDER BY n.created_at) AS credited_by, coalesce(sum(nl.net), 0)::bigint AS credited
        FROM credit_note_line nl JOIN credit_note n ON n.id = nl.credit_note_id WHERE nl.invoice_line_id = l.id
      ) n
      WHERE l.invoice_id = ${id}::uuid ORDER BY l.position`.execute(db),
    sql<InvoiceDetail['taxes'][number]>`
      SELECT tax_percent, net, tax FROM invoice_tax WHERE invoice_id = ${id}::uuid ORDER BY tax_percent`.execute(db),
    listCreditNotes(db, id),
    sql<InvoiceDetail['payments'][number]>`
      SELECT p.received_on, p.method, p.reference, l.amount FROM payment_allocation l JOIN payment p ON p.id = l.payment_id
      WHERE l.invoice_id = ${id}::uuid ORDER BY p.received_on, p.created_at`.execute(db),
    db
      .selectFrom('invoiceWriteOff')
      .select(['id', 'writtenOffOn', 'amount', 'reason'])
      .where('invoiceId', '=', id)
      .orderBy('createdAt')
      .execute(),
  ]);
  return { ...invoice, lines: lines.rows, taxes: taxes.rows, creditNotes, payments: payments.rows, writeOffs };
}

async function listCreditNotes(db: Kysely<DB>, invoiceId: string): Promise<CreditNoteView[]> {
  const notes = await sql<Omit<CreditNoteView, 'lines'>>`
    SELECT id, number_text, reason, net, tax, total, issued_on, company
    FROM credit_note WHERE invoice_id = ${invoiceId}::uuid ORDER BY created_at, number`.execute(db);
  const lines = await sql<{ creditNoteId: string; lineId: string; net: bigint }>`
    SELECT l.credit_note_id, l.invoice_line_id AS line_id, l.net
    FROM credit_note_line l JOIN credit_note n ON n.id = l.credit_note_id JOIN invoice_line i ON i.id = l.invoice_line_id
    WHERE n.invoice_id = ${invoiceId}::uuid ORDER BY i.position`.execute(db);
  const byNote = Map.groupBy(lines.rows, (line) => line.creditNoteId);
  return notes.rows.map((note) => ({
    ...note,
    lines: (byNote.get(note.id) ?? []).map(({ lineId, net }) => ({ lineId, net })),
  }));
}

export async function getInvoice(db: Kysely<DB>, id: string): Promise<InvoiceDetail> {
  const invoice = await findInvoice(db, id);
  if (!invoice) throw new DomainError('not_found', 'This invoice is not there.');
  return invoice;
}

/** The id of the invoice that a credit note is about. */
export async function findInvoiceOfCreditNote(db: Kysely<DB>, id: string): Promise<string | undefined> {
  const note = await db.selectFrom('creditNote').select('invoiceId').where('id', '=', id).executeTakeFirst();
  return note?.invoiceId;
}
