import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { insertCorrection } from './insert-correction.server.ts';

export interface CorrectPayItem {
  payItemId: string;
  /** What the line should have been, minor units. The correction is the difference. */
  shouldBe: bigint;
  note: string;
}

/**
 * Corrects a line of an approved run: the line stays as it was, and the difference becomes a line of its own in the next run.
 * @throws DomainError not_found, already_done when it is right by now
 */
export async function correctPayItem(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: CorrectPayItem,
): Promise<{ itemId: string; amount: bigint }> {
  const note = input.note.trim();
  if (note === '') throw new DomainError('invalid_value', 'Say what is corrected and why.', { field: 'note' });
  return inTransaction(db, async (trx) => {
    const item = await trx.selectFrom('payItem').selectAll().where('id', '=', input.payItemId).forUpdate().executeTakeFirst();
    if (!item) throw new DomainError('not_found', 'This pay line is not there.');
    if (!item.runId) throw new DomainError('invalid_value', 'This line is in no approved run yet: change what it comes from.');
    const { rows } = await sql<{ sum: bigint }>`
      SELECT coalesce(sum(amount), 0)::bigint AS sum FROM pay_item WHERE corrects_id = ${item.id}::uuid`.execute(trx);
    const amount = input.shouldBe - item.amount - (rows[0]?.sum ?? 0n);
    if (amount === 0n) throw new DomainError('already_done', 'The line comes to this amount already.', { field: 'shouldBe' });
    const correction = await insertCorrection(trx, {
      item,
      amount,
      note,
      reason: { was: item.amount.toString(), shouldBe: input.shouldBe.toString() },
      now: ctx.clock(),
      createdBy: actor.userId,
    });
    await audit(trx, actor, {
      action: 'pay_item.correct',
      subjectType: 'pay_item',
      subjectId: item.id,
      sessionId: item.sessionId,
      after: { correction: correction.id, amount },
    });
    return { itemId: correction.id, amount };
  });
}
