import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { isLocalDate } from '#app/domain/scheduling/wall-time.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isAdjustmentKind } from './pay-run.ts';

export interface AddPayAdjustment {
  /** Idempotent: the same id again adds nothing. */
  id?: string;
  /** Of an import: its row. */
  ref?: string;
  tutorId: string;
  kind: string;
  /** YYYY-MM-DD; the run that covers it pays it, or the next one. */
  localDate: string;
  /** Minor units, not 0; negative takes from the pay. */
  amount: bigint;
  note: string;
}

/** A bonus, a correction or an expense on a tutor's pay. */
export async function addPayAdjustment(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: AddPayAdjustment,
): Promise<{ itemId: string | undefined }> {
  if (!isAdjustmentKind(input.kind))
    throw new DomainError('invalid_value', 'Choose bonus, correction or expense.', { field: 'kind' });
  if (!isLocalDate(input.localDate)) throw new DomainError('invalid_value', 'Enter a date.', { field: 'localDate' });
  if (input.amount === 0n) throw new DomainError('invalid_value', 'Enter an amount other than 0.', { field: 'amount' });
  return inTransaction(db, async (trx) => {
    const tutor = await trx.selectFrom('tutor').select('id').where('id', '=', input.tutorId).executeTakeFirst();
    if (!tutor) throw new DomainError('unknown_reference', 'Choose a tutor.', { field: 'tutorId' });
    const item = await trx
      .insertInto('payItem')
      .values({
        ...(input.id ? { id: input.id } : {}),
        ref: input.ref ?? null,
        kind: input.kind,
        tutorId: input.tutorId,
        localDate: input.localDate,
        amount: input.amount,
        note: input.note.trim(),
        settledAt: ctx.clock(),
        createdBy: actor.userId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (item) {
      await audit(trx, actor, {
        action: 'pay_adjustment.add',
        subjectType: 'pay_item',
        subjectId: item.id,
        after: { tutorId: input.tutorId, kind: input.kind, localDate: input.localDate, amount: input.amount },
      });
    }
    if (!item && input.id) {
      const before = await trx
        .selectFrom('payItem')
        .select(['tutorId', 'amount', 'localDate'])
        .where('id', '=', input.id)
        .executeTakeFirst();
      if (before) assertSentBefore(before, { tutorId: input.tutorId, amount: input.amount, localDate: input.localDate });
    }
    return { itemId: item?.id ?? input.id };
  });
}

/**
 * Takes an adjustment back that no run has paid yet.
 * @throws DomainError locked when a run has it
 */
export async function removePayAdjustment(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: { itemId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const item = await trx.selectFrom('payItem').selectAll().where('id', '=', input.itemId).forUpdate().executeTakeFirst();
    if (!item || !isAdjustmentKind(item.kind)) throw new DomainError('not_found', 'This adjustment is not there.');
    if (item.runId) throw new DomainError('locked', 'A pay run has this adjustment. Put a correction into the next run instead.');
    await trx.deleteFrom('payItem').where('id', '=', item.id).execute();
    await audit(trx, actor, {
      action: 'pay_adjustment.remove',
      subjectType: 'pay_item',
      subjectId: item.id,
      before: { tutorId: item.tutorId, kind: item.kind, localDate: item.localDate, amount: item.amount },
    });
  });
}
