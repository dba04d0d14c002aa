import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { addPayAdjustment } from './add-pay-adjustment.server.ts';
import type { AdjustmentRow } from './parse-adjustments.ts';

/**
 * Adds the adjustments of many tutors, all or none. The same batch again adds nothing.
 * @throws DomainError as addPayAdjustment
 */
export async function addPayAdjustments(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { batchId: string; rows: readonly AdjustmentRow[] },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    for (const [index, { tutorName: _, ...row }] of input.rows.entries())
      await addPayAdjustment(trx, ctx, actor, { ...row, id: itemIdOf(input.batchId, index) });
  });
}

function itemIdOf(batchId: string, index: number): string {
  const hex = createHash('sha256').update(`${batchId}:${index}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
