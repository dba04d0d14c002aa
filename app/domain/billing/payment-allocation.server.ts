import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/**
 * Sets what each payment of a client pays: the oldest payment against the oldest invoice that is open, worked out anew, so
 * that the result is the same whatever the order in which payments, invoices and credit notes came. What no invoice takes
 * stays unapplied. Takes the client's row as its lock.
 */
export async function allocatePayments(trx: Kysely<DB>, clientId: string): Promise<void> {
  await sql`SELECT 1 FROM client WHERE id = ${clientId}::uuid FOR NO KEY UPDATE`.execute(trx);
  const payments = await trx
    .selectFrom('payment')
    .select(['id', 'amount'])
    .where('clientId', '=', clientId)
    .orderBy('receivedOn')
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  const { rows: invoices } = await sql<{ id: string; owed: bigint }>`
    SELECT i.id, (i.total + coalesce((SELECT sum(n.total) FROM credit_note n WHERE n.invoice_id = i.id), 0)
      - coalesce((SELECT sum(w.amount) FROM invoice_write_off w WHERE w.invoice_id = i.id), 0))::bigint AS owed
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

/** Pure: payments and invoices in the order they are to be matched; `owed` may be 0 or less where it was credited. */
export function allocate(
  payments: readonly { id: string; amount: bigint }[],
  invoices: readonly { id: string; owed: bigint }[],
): Allocation[] {
  const open = invoices.filter((invoice) => invoice.owed > 0n).map((invoice) => ({ ...invoice }));
  const allocations: Allocation[] = [];
  for (const payment of payments) {
    let left = payment.amount;
    for (const invoice of open) {
      if (left === 0n) break;
      const amount = left < invoice.owed ? left : invoice.owed;
      if (amount === 0n) continue;
      allocations.push({ paymentId: payment.id, invoiceId: invoice.id, amount });
      invoice.owed -= amount;
      left -= amount;
    }
  }
  return allocations;
}

/** Of these clients, those with money received that no invoice has taken yet. */
export async function clientsWithUnapplied(db: Kysely<DB>, clientIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ clientId: string }>`
    SELECT p.client_id FROM payment p
    LEFT JOIN LATERAL (SELECT sum(amount) AS applied FROM payment_allocation WHERE payment_id = p.id) a ON true
    WHERE p.client_id = ANY(${clientIds}::uuid[])
    GROUP BY p.client_id HAVING sum(p.amount) > coalesce(sum(a.applied), 0) ORDER BY p.client_id`.execute(db);
  return rows.map((row) => row.clientId);
}
