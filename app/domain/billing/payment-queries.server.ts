import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { openOf } from './open-of-invoice.server.ts';

export interface PaymentView {
  id: string;
  clientId: string;
  clientName: string;
  amount: bigint;
  receivedOn: string;
  method: string;
  reference: string;
  /** What of it no invoice has taken. */
  unapplied: bigint;
  /** What of it was given or taken back. */
  back: bigint;
  byGateway: boolean;
  invoices: { id: string; number: string; amount: string }[];
}

export interface PaymentFilter {
  clientId?: string;
  invoiceId?: string;
  /** Part of a family's name or of a reference. */
  q?: string;
  method?: string;
  /** unapplied: what no invoice has taken; back: given or taken back. */
  state?: 'unapplied' | 'back' | '';
  limit?: number;
  offset?: number;
}

/** Newest first. */
export async function listPayments(db: Kysely<DB>, filter: PaymentFilter = {}): Promise<PaymentView[]> {
  const { clientId = null, invoiceId = null, q = '', method = '', state = '', limit = 200, offset = 0 } = filter;
  const like = `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<PaymentView>`
    SELECT p.id, p.client_id, c.name AS client_name, p.amount, p.received_on, p.method, p.reference,
      (p.amount - a.applied - a.back)::bigint AS unapplied, a.back::bigint AS back, p.install_id IS NOT NULL AS by_gateway, a.invoices
    FROM payment p
    JOIN client c ON c.id = p.client_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(l.amount), 0) AS applied,
        (SELECT coalesce(sum(r.amount), 0) FROM payment_refund r WHERE r.payment_id = p.id AND r.status = 'succeeded') AS back,
        coalesce(json_agg(json_build_object('id', i.id, 'number', i.number_text, 'amount', l.amount::text) ORDER BY i.number)
          FILTER (WHERE i.id IS NOT NULL), '[]') AS invoices
      FROM payment_allocation l JOIN invoice i ON i.id = l.invoice_id WHERE l.payment_id = p.id
    ) a
    WHERE (${clientId}::uuid IS NULL OR p.client_id = ${clientId}::uuid)
      AND (${invoiceId}::uuid IS NULL OR EXISTS (
        SELECT 1 FROM payment_allocation l WHERE l.payment_id = p.id AND l.invoice_id = ${invoiceId}::uuid))
      AND (${q} = '' OR c.name ILIKE ${like} OR p.reference ILIKE ${like})
      AND (${method} = '' OR p.method = ${method})
      AND (${state} <> 'unapplied' OR p.amount > a.applied + a.back)
      AND (${state} <> 'back' OR a.back > 0)
    ORDER BY p.received_on DESC, p.created_at DESC LIMIT ${limit} OFFSET ${offset}`.execute(db);
  return rows;
}

export interface ClientBalance {
  clientId: string;
  clientName: string;
  /** Invoiced and not paid; negative: paid more than was invoiced. */
  owed: bigint;
  /** Settled and not yet invoiced, net. */
  unbilled: bigint;
  /** Of the payments, what no invoice has taken. */
  unapplied: bigint;
  /** The day the oldest open invoice was due. */
  oldestDueOn: string | null;
}

const balances = sql`
  SELECT c.id AS client_id, c.name AS client_name,
    coalesce((SELECT sum(balance) FROM account WHERE client_id = c.id AND code LIKE 'assets:receivable:%'), 0)::bigint AS owed,
    coalesce((SELECT sum(balance) FROM account WHERE client_id = c.id AND code LIKE 'assets:unbilled:%'), 0)::bigint AS unbilled,
    (coalesce((SELECT sum(amount) FROM payment WHERE client_id = c.id), 0)
      - coalesce((SELECT sum(r.amount) FROM payment_refund r JOIN payment p ON p.id = r.payment_id
        WHERE p.client_id = c.id AND r.status = 'succeeded'), 0)
      - coalesce((SELECT sum(l.amount) FROM payment_allocation l JOIN payment p ON p.id = l.payment_id WHERE p.client_id = c.id), 0))::bigint AS unapplied,
    (SELECT min(i.due_on) FROM invoice i WHERE i.client_id = c.id
      AND ${openOf('i')} > 0) AS oldest_due_on
  FROM client c`;

export async function findClientBalance(db: Kysely<DB>, clientId: string): Promise<ClientBalance | undefined> {
  const { rows } = await sql<ClientBalance>`${balances} WHERE c.id = ${clientId}::uuid`.execute(db);
  return rows[0];
}

/** Families that owe something or have paid ahead, who owes longest first. */
export async function listOpenBalances(db: Kysely<DB>): Promise<ClientBalance[]> {
  const { rows } = await sql<ClientBalance>`
    SELECT * FROM (${balances}) b WHERE owed <> 0 OR unapplied <> 0 ORDER BY oldest_due_on NULLS LAST, client_name, client_id`.execute(
    db,
  );
  return rows;
}
