import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import type { Period } from './invoice-run.ts';
import { paymentMethodLabel } from './payment.ts';

export interface StatementRow {
  id: string;
  day: string;
  what: string;
  /** What it is, where it has a page or a file of its own. */
  invoiceId: string | null;
  creditNoteId: string | null;
  paymentId: string | null;
  /** Minor units; above 0: charged, below: paid or taken back. */
  amount: bigint;
  /** What is owed after it. */
  balance: bigint;
}

export interface Statement {
  client: { id: string; name: string; address: string; email: string | null; noReminders: boolean };
  currency: string;
  /** Half-open. */
  from: string;
  to: string;
  /** Owed before the first day; below 0: paid ahead. */
  opening: bigint;
  rows: StatementRow[];
  closing: bigint;
}

interface Found {
  id: string;
  day: string;
  key: string;
  description: string;
  amount: bigint;
  method: string | null;
  reference: string | null;
}

/**
 * Everything between a family and us in a span of days, as the books have it: what was owed before, each document and
 * payment, and what is owed then. The closing of one span is the opening of the next, and today's is the balance.
 * @throws DomainError not_found
 */
export async function getStatement(db: Kysely<DB>, clientId: string, { from, to }: Period): Promise<Statement> {
  const { currency } = await getOrganisation(db);
  const client = await db
    .selectFrom('client')
    .select(['id', 'name', 'address', 'email', 'noReminders'])
    .where('id', '=', clientId)
    .executeTakeFirst();
  if (!client) throw new DomainError('not_found', 'This client is not there.');
  const opening = await sql<{ sum: bigint }>`
    SELECT coalesce(sum(e.amount), 0)::bigint AS sum FROM ledger_entry e
    JOIN account a ON a.id = e.account_id JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE a.client_id = ${clientId}::uuid AND a.code LIKE 'assets:receivable:%' AND t.effective_on < ${from}::date`.execute(db);
  const { rows: found } = await sql<Found>`
    SELECT t.id, t.effective_on AS day, t.idempotency_key AS key, t.description, sum(e.amount)::bigint AS amount, p.method, p.reference
    FROM ledger_entry e
    JOIN account a ON a.id = e.account_id JOIN ledger_transaction t ON t.id = e.transaction_id
    LEFT JOIN payment p ON t.idempotency_key = 'payment:' || p.id
    WHERE a.client_id = ${clientId}::uuid AND a.code LIKE 'assets:receivable:%'
      AND t.effective_on >= ${from}::date AND t.effective_on < ${to}::date
    GROUP BY t.id, p.id HAVING sum(e.amount) <> 0 ORDER BY t.effective_on, t.id`.execute(db);
  const first = opening.rows[0]?.sum ?? 0n;
  let balance = first;
  const rows = found.map((row): StatementRow => {
    balance += row.amount;
    return { id: row.id, day: row.day, what: whatOf(row), ...documentOf(row.key), amount: row.amount, balance };
  });
  return { client, currency, from, to, opening: first, rows, closing: balance };
}

function whatOf({ description, method, reference }: Found): string {
  if (method === null) return description;
  return [`Payment by ${paymentMethodLabel(method).toLowerCase()}`, reference].filter(Boolean).join(', ');
}

function documentOf(key: string): Pick<StatementRow, 'invoiceId' | 'creditNoteId' | 'paymentId'> {
  const [, kind, id = null] = /^(invoice|credit-note|payment):([0-9a-f-]{36})$/.exec(key) ?? [];
  return {
    invoiceId: kind === 'invoice' ? id : null,
    creditNoteId: kind === 'credit-note' ? id : null,
    paymentId: kind === 'payment' ? id : null,
  };
}

export interface StatementReader {
  id: string;
  name: string;
  email: string | null;
  userId: string | null;
  closing: bigint;
}

/** Of these families, or of all, those who owed something or had anything happen in the span, with what they owed at its end. */
export async function listStatementReaders(
  db: Kysely<DB>,
  { from, to }: Period,
  clientIds: readonly string[] | null,
): Promise<StatementReader[]> {
  const { rows } = await sql<StatementReader>`
    SELECT c.id, c.name, c.email, c.user_id, s.closing
    FROM client c
    JOIN (
      SELECT a.client_id, sum(e.amount)::bigint AS closing, bool_or(t.effective_on >= ${from}::date) AS moved
      FROM account a JOIN ledger_entry e ON e.account_id = a.id JOIN ledger_transaction t ON t.id = e.transaction_id
      WHERE a.code LIKE 'assets:receivable:%' AND t.effective_on < ${to}::date
        AND (${clientIds}::uuid[] IS NULL OR a.client_id = ANY(${clientIds}::uuid[]))
      GROUP BY a.client_id
    ) s ON s.client_id = c.id
    WHERE (s.closing <> 0 OR s.moved) AND c.erased_at IS NULL
    ORDER BY c.name, c.id`.execute(db);
  return rows;
}
