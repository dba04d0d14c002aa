import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface BookedGroup {
  /** The first two parts of its accounts' codes, "assets:receivable"; of credits what they are, "credits:booked". */
  group: string;
  kind: string;
  /** The currency, or CREDIT. */
  commodity: string;
  accounts: number;
  /** Debit positive, minor units: what moved in the period, and what stood at its end. */
  moved: bigint;
  balance: bigint;
}

const groupOf = sql<string>`CASE
  WHEN a.code LIKE 'credits:%:lot:%' THEN 'credits:lot'
  WHEN a.code LIKE 'credits:%:%' THEN 'credits:' || substring(a.code from '[^:]+$')
  ELSE split_part(a.code, ':', 1) || ':' || split_part(a.code, ':', 2) END`;

/** What moved on or after the first day, per account: only that is read, the rest is in the counters. */
const movedSince = (from: string, to: string) => sql`
  SELECT e.account_id, coalesce(sum(e.amount) FILTER (WHERE t.effective_on < ${to}::date), 0) AS moved,
    coalesce(sum(e.amount) FILTER (WHERE t.effective_on >= ${to}::date), 0) AS later
  FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id
  WHERE t.effective_on >= ${from}::date GROUP BY 1`;

/** The books of a period `[from, to)`, a line per group of accounts. */
export async function listBookedGroups(db: Kysely<DB>, { from, to }: { from: string; to: string }): Promise<BookedGroup[]> {
  const { rows } = await sql<BookedGroup>`
    WITH m AS (${movedSince(from, to)})
    SELECT ${groupOf} AS "group", a.kind, a.commodity, count(*)::int AS accounts, coalesce(sum(m.moved), 0)::bigint AS moved,
      sum(a.balance - coalesce(m.later, 0))::bigint AS balance
    FROM account a LEFT JOIN m ON m.account_id = a.id
    GROUP BY 1, 2, 3 ORDER BY array_position(ARRAY['asset', 'liability', 'equity', 'income', 'expense'], a.kind), 1`.execute(db);
  return rows;
}

export interface BookedAccount {
  id: string;
  code: string;
  kind: string;
  commodity: string;
  /** Whose it is: a family or a tutor. */
  name: string | null;
  moved: bigint;
  balance: bigint;
}

/** The accounts of a group, those that moved or hold something first. */
export async function listAccountsOf(
  db: Kysely<DB>,
  input: { group: string; from: string; to: string; limit: number },
): Promise<BookedAccount[]> {
  const { rows } = await sql<BookedAccount>`
    WITH m AS (${movedSince(input.from, input.to)})
    SELECT a.id, a.code, a.kind, a.commodity, coalesce(c.name, nullif(trim(t.first_name || ' ' || t.last_name), '')) AS name,
      coalesce(m.moved, 0)::bigint AS moved, (a.balance - coalesce(m.later, 0))::bigint AS balance
    FROM account a LEFT JOIN m ON m.account_id = a.id
    LEFT JOIN client c ON c.id = a.client_id LEFT JOIN tutor t ON t.id = a.tutor_id
    WHERE ${groupOf} = ${input.group}
    ORDER BY (coalesce(m.moved, 0) = 0 AND a.balance = 0), lower(coalesce(c.name, t.last_name, a.code)), a.code
    LIMIT ${input.limit}`.execute(db);
  return rows;
}

export interface AccountView {
  id: string;
  code: string;
  kind: string;
  commodity: string;
  balance: bigint;
  clientId: string | null;
  clientName: string | null;
  tutorId: string | null;
  tutorName: string | null;
}

export async function findAccount(db: Kysely<DB>, id: string): Promise<AccountView | undefined> {
  const { rows } = await sql<AccountView>`
    SELECT a.id, a.code, a.kind, a.commodity, a.balance, a.client_id, c.name AS client_name, a.tutor_id,
      trim(t.first_name || ' ' || t.last_name) AS tutor_name
    FROM account a LEFT JOIN client c ON c.id = a.client_id LEFT JOIN tutor t ON t.id = a.tutor_id
    WHERE a.id = ${id}::uuid`.execute(db);
  return rows[0];
}

export interface AccountEntry {
  transactionId: string;
  seq: bigint;
  effectiveOn: string;
  postedAt: Date;
  description: string;
  amount: bigint;
  balanceAfter: bigint;
}

/** An account's entries, newest posting first; `before` is the `seq` to go on from. */
export async function listEntriesOf(
  db: Kysely<DB>,
  input: { accountId: string; before?: bigint | undefined; limit: number },
): Promise<AccountEntry[]> {
  const { rows } = await sql<AccountEntry>`
    SELECT e.transaction_id, e.seq, t.effective_on, t.posted_at, t.description, e.amount, e.balance_after
    FROM ledger_entry e JOIN ledger_transaction t ON t.id = e.transaction_id
    WHERE e.account_id = ${input.accountId}::uuid AND (${input.before ?? null}::bigint IS NULL OR e.seq < ${input.before ?? null}::bigint)
    ORDER BY e.seq DESC LIMIT ${input.limit}`.execute(db);
  return rows;
}

export interface TransactionView {
  id: string;
  key: string;
  effectiveOn: string;
  postedAt: Date;
  description: string;
  sessionId: string | null;
  entries: { accountId: string; code: string; kind: string; commodity: string; amount: bigint }[];
}

export async function findTransaction(db: Kysely<DB>, id: string): Promise<TransactionView | undefined> {
  const { rows } = await sql<Omit<TransactionView, 'entries'>>`
    SELECT t.id, t.idempotency_key AS key, t.effective_on, t.posted_at, t.description, coalesce(t.session_id, p.session_id) AS session_id
    FROM ledger_transaction t LEFT JOIN attendance p ON p.id = t.attendance_id WHERE t.id = ${id}::uuid`.execute(db);
  const [transaction] = rows;
  if (!transaction) return undefined;
  const entries = await sql<TransactionView['entries'][number]>`
    SELECT a.id AS account_id, a.code, a.kind, a.commodity, e.amount FROM ledger_entry e JOIN account a ON a.id = e.account_id
    WHERE e.transaction_id = ${id}::uuid ORDER BY e.amount < 0, e.seq`.execute(db);
  return { ...transaction, entries: entries.rows };
}

/** Where the page of a posting's package or write-off is found: by its family, by its invoice. */
export async function ownersOf(
  db: Kysely<DB>,
  source: { kind: string; id: string },
): Promise<{ clientId?: string; invoiceId?: string; paymentId?: string }> {
  if (source.kind === 'package') {
    const lot = await db.selectFrom('creditLot').select('clientId').where('id', '=', source.id).executeTakeFirst();
    return lot ?? {};
  }
  if (source.kind === 'credit-note') {
    const note = await db.selectFrom('creditNote').select('invoiceId').where('id', '=', source.id).executeTakeFirst();
    return note ?? {};
  }
  if (source.kind === 'write-off') {
    const off = await db.selectFrom('invoiceWriteOff').select('invoiceId').where('id', '=', source.id).executeTakeFirst();
    return off ?? {};
  }
  if (source.kind === 'refund') {
    const refund = await db.selectFrom('paymentRefund').select('paymentId').where('id', '=', source.id).executeTakeFirst();
    return refund ?? {};
  }
  return {};
}

export interface Closing {
  id: string;
  closedTo: string | null;
  was: string | null;
  reason: string;
  decidedAt: Date;
  decidedBy: string | null;
}

/** When the books were closed and opened, by whom and why, newest first. */
export async function listClosings(db: Kysely<DB>): Promise<Closing[]> {
  return db
    .selectFrom('booksClosing')
    .leftJoin('users', 'users.id', 'booksClosing.decidedBy')
    .select(['booksClosing.id', 'closedTo', 'was', 'reason', 'decidedAt', 'users.name as decidedBy'])
    .orderBy('decidedAt', 'desc')
    .orderBy('booksClosing.id', 'desc')
    .limit(50)
    .execute();
}

export interface BeforeClosing {
  /** Sessions up to the day that are neither settled nor cancelled: what they come to is posted after it. */
  unsettled: number;
  /** Settled lines up to the day that no invoice has. */
  unbilled: number;
}

/** What is still to come of days up to and including one. */
export async function countBeforeClosing(db: Kysely<DB>, day: string): Promise<BeforeClosing> {
  const { rows } = await sql<BeforeClosing>`
    SELECT (SELECT count(*) FROM session WHERE local_date <= ${day}::date AND settled_at IS NULL
        AND status NOT IN ('cancelled', 'declined', 'requested', 'rescheduled'))::int AS unsettled,
      (SELECT count(*) FROM charge WHERE local_date <= ${day}::date AND run_id IS NULL)::int AS unbilled`.execute(db);
  return rows[0] ?? { unsettled: 0, unbilled: 0 };
}
