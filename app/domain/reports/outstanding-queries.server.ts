import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Age } from './outstanding.ts';

export interface OutstandingFamily extends Record<Age, bigint> {
  clientId: string;
  clientName: string;
  open: bigint;
  /** Paid and taken by no invoice. */
  unapplied: bigint;
}

/**
 * What each invoice was owed at the end of a day. A payment counts from the day it was received, a credit note and a
 * write-off from their own: so a past day says what it was known to be then, but for what was entered later for it.
 */
const openInvoices = (on: string): RawBuilder<unknown> => sql`
  SELECT i.id, i.number_text, i.number, i.client_id, i.issued_on, i.due_on, i.total,
    (i.total + coalesce(n.amount, 0) - coalesce(p.amount, 0) - coalesce(w.amount, 0))::bigint AS open,
    CASE WHEN i.due_on >= ${on}::date THEN 'current' WHEN ${on}::date - i.due_on <= 30 THEN 'd30'
      WHEN ${on}::date - i.due_on <= 60 THEN 'd60' WHEN ${on}::date - i.due_on <= 90 THEN 'd90' ELSE 'older' END AS age
  FROM invoice i
  LEFT JOIN (SELECT invoice_id, sum(total) AS amount FROM credit_note WHERE issued_on <= ${on}::date GROUP BY 1) n ON n.invoice_id = i.id
  LEFT JOIN (
    SELECT l.invoice_id, sum(l.amount) AS amount FROM payment_allocation l JOIN payment p ON p.id = l.payment_id
    WHERE p.received_on <= ${on}::date GROUP BY 1
  ) p ON p.invoice_id = i.id
  LEFT JOIN (SELECT invoice_id, sum(amount) AS amount FROM invoice_write_off WHERE written_off_on <= ${on}::date GROUP BY 1) w
    ON w.invoice_id = i.id
  WHERE i.issued_on <= ${on}::date`;

/** Families that owe something or have paid ahead at the end of a day, who owes most first. */
export async function listOutstanding(db: Kysely<DB>, on: string): Promise<OutstandingFamily[]> {
  const { rows } = await sql<OutstandingFamily>`
    WITH owed AS (
      SELECT client_id, sum(open)::bigint AS open,
        coalesce(sum(open) FILTER (WHERE age = 'current'), 0)::bigint AS current, coalesce(sum(open) FILTER (WHERE age = 'd30'), 0)::bigint AS d30,
        coalesce(sum(open) FILTER (WHERE age = 'd60'), 0)::bigint AS d60, coalesce(sum(open) FILTER (WHERE age = 'd90'), 0)::bigint AS d90,
        coalesce(sum(open) FILTER (WHERE age = 'older'), 0)::bigint AS older
      FROM (${openInvoices(on)}) i WHERE open <> 0 GROUP BY 1
    ), ahead AS (
      SELECT p.client_id, sum(p.amount - coalesce(r.amount, 0) - coalesce(l.amount, 0))::bigint AS unapplied
      FROM payment p
      LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM payment_refund WHERE status = 'succeeded' AND refunded_on <= ${on}::date GROUP BY 1) r
        ON r.payment_id = p.id
      LEFT JOIN (
        SELECT l.payment_id, sum(l.amount) AS amount FROM payment_allocation l JOIN invoice i ON i.id = l.invoice_id
        WHERE i.issued_on <= ${on}::date GROUP BY 1
      ) l ON l.payment_id = p.id
      WHERE p.received_on <= ${on}::date GROUP BY 1
    )
    SELECT c.id AS client_id, c.name AS client_name, coalesce(o.open, 0)::bigint AS open, coalesce(a.unapplied, 0)::bigint AS unapplied,
      coalesce(o.current, 0)::bigint AS current, coalesce(o.d30, 0)::bigint AS d30, coalesce(o.d60, 0)::bigint AS d60,
      coalesce(o.d90, 0)::bigint AS d90, coalesce(o.older, 0)::bigint AS older
    FROM client c LEFT JOIN owed o ON o.client_id = c.id LEFT JOIN ahead a ON a.client_id = c.id
    WHERE coalesce(o.open, 0) <> 0 OR coalesce(a.unapplied, 0) <> 0
    ORDER BY 3 DESC, c.name, c.id`.execute(db);
  return rows;
}

export interface OutstandingInvoice {
  id: string;
  numberText: string;
  clientId: string;
  clientName: string;
  issuedOn: string;
  dueOn: string;
  total: bigint;
  open: bigint;
  age: Age;
}

/** The invoices behind it, the oldest due first. */
export async function listOutstandingInvoices(
  db: Kysely<DB>,
  on: string,
  { clientId = null, age = null, limit }: { clientId?: string | null; age?: Age | null; limit: number },
): Promise<OutstandingInvoice[]> {
  const { rows } = await sql<OutstandingInvoice>`
    SELECT i.id, i.number_text, i.client_id, c.name AS client_name, i.issued_on, i.due_on, i.total, i.open, i.age
    FROM (${openInvoices(on)}) i JOIN client c ON c.id = i.client_id
    WHERE i.open <> 0 AND (${clientId}::uuid IS NULL OR i.client_id = ${clientId}::uuid) AND (${age}::text IS NULL OR i.age = ${age}::text)
    ORDER BY i.due_on, i.number LIMIT ${limit}`.execute(db);
  return rows;
}
