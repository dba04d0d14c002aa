import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { smallerOf } from './money.ts';
import { owedOf } from './open-of-invoice.server.ts';

/**
 * Sets what each payment of a client pays: first what somebody said it is for, then the oldest payment against the oldest
 * invoice that is open. Worked out anew, so that the result is the same whatever the order in which payments, refunds,
 * invoices, credit notes and write-offs came. What no invoice takes stays unapplied. Takes the client's row as its lock.
 */
export async function allocatePayments(trx: Kysely<DB>, clientId: string): Promise<void> {
  await sql`SELECT 1 FROM client WHERE id = ${clientId}::uuid FOR NO KEY UPDATE`.execute(trx);
  const { rows: payments } = await sql<PayingPayment>`
    SELECT p.id, (p.amount - coalesce((SELECT sum(r.amount) FROM payment_refund r
        WHERE r.payment_id = p.id AND r.status = 'succeeded'), 0))::bigint AS amount,
      coalesce((SELECT jsonb_agg(jsonb_build_object('invoiceId', u.invoice_id, 'amount', u.amount::text) ORDER BY u.invoice_id)
        FROM payment_purpose u WHERE u.payment_id = p.id), '[]') AS purposes
    FROM payment p WHERE p.client_id = ${clientId}::uuid ORDER BY p.received_on, p.created_at, p.id`.execute(trx);
  const { rows: invoices } = await sql<{ id: string; owed: bigint }>`
    SELECT i.id, ${owedOf('i')} AS owed
    FROM invoice i WHERE i.client_id = ${clientId}::uuid ORDER BY i.due_on, i.number`.execute(trx);
  const allocations = allocate(payments, invoices);
  await sql`DELETE FROM payment_allocation WHERE payment_id IN (SELECT id FROM payment WHERE client_id = ${clientId}::uuid)`.execute(
    trx,
  );
  if (allocations.length > 0) await trx.insertInto('paymentAllocation').values(allocations).execute();
}

export interface Allocation {
  paymentId: string;
  invoiceId: string;
  amount: bigint;
}

export interface PayingPayment {
  id: string;
  /** Minor units, without what went back. */
  amount: bigint;
  /** What somebody said it is for; the rest goes to the oldest. */
  purposes?: readonly { invoiceId: string; amount: bigint | string }[];
}

/**
 * Pure: payments and invoices in the order they are to be matched; `owed` may be 0 or less where it was credited. Money
 * for an invoice that takes less than was meant for it is free for the others.
 */
export function allocate(payments: readonly PayingPayment[], invoices: readonly { id: string; owed: bigint }[]): Allocation[] {
  const open = new Map(invoices.filter((invoice) => invoice.owed > 0n).map((invoice) => [invoice.id, invoice.owed]));
  const left = new Map(payments.map((payment) => [payment.id, payment.amount]));
  const amounts = new Map<string, Map<string, bigint>>(payments.map((payment) => [payment.id, new Map()]));
  const give = (paymentId: string, invoiceId: string, atMost: bigint) => {
    const has = left.get(paymentId) ?? 0n;
    const amount = smallerOf(smallerOf(has, open.get(invoiceId) ?? 0n), atMost);
    if (amount <= 0n) return;
    const own = amounts.get(paymentId);
    own?.set(invoiceId, (own.get(invoiceId) ?? 0n) + amount);
    open.set(invoiceId, (open.get(invoiceId) ?? 0n) - amount);
    left.set(paymentId, has - amount);
  };
  for (const { id, purposes = [] } of payments) {
    for (const { invoiceId, amount } of purposes) give(id, invoiceId, BigInt(amount));
  }
  for (const { id, amount } of payments) {
    for (const invoice of invoices) give(id, invoice.id, amount);
  }
  return payments.flatMap(({ id: paymentId }) =>
    [...(amounts.get(paymentId) ?? [])].map(([invoiceId, amount]) => ({ paymentId, invoiceId, amount })),
  );
}

/** Of these clients, those with money received that no invoice has taken yet. */
export async function clientsWithUnapplied(db: Kysely<DB>, clientIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ clientId: string }>`
    SELECT p.client_id FROM payment p
    LEFT JOIN LATERAL (SELECT sum(amount) AS applied FROM payment_allocation WHERE payment_id = p.id) a ON true
    LEFT JOIN LATERAL (SELECT sum(amount) AS back FROM payment_refund WHERE payment_id = p.id AND status = 'succeeded') r ON true
    WHERE p.client_id = ANY(${clientIds}::uuid[])
    GROUP BY p.client_id HAVING sum(p.amount) > coalesce(sum(a.applied), 0) + coalesce(sum(r.back), 0) ORDER BY p.client_id`.execute(
    db,
  );
  return rows.map((row) => row.clientId);
}
