import { sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

/** Held to the end of the transaction by whoever decides what the next run takes. */
export async function lockInvoiceRuns(trx: Transaction<DB>): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended('invoice-run', 0))`.execute(trx);
}

/** Both locks of what changes a family's next invoice: no run is confirmed meanwhile, and nobody else changes the same. */
export async function lockBilledClient(trx: Transaction<DB>, clientId: string): Promise<{ id: string; ref: string }> {
  await lockInvoiceRuns(trx);
  const { rows } = await sql<{ id: string; ref: string }>`
    SELECT id, ref FROM client WHERE id = ${clientId}::uuid FOR NO KEY UPDATE`.execute(trx);
  if (!rows[0]) throw new DomainError('not_found', 'This family is not there.');
  return rows[0];
}
