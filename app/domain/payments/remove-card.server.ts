import type { Kysely } from 'kysely';
import type { Actor, AppContext, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { failureOf } from '#app/domain/meetings/provider-failure.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Removes a saved card: nothing is taken from it from this moment, and the gateway is told to forget it. Safe to repeat.
 * @throws DomainError not_found when it is not of this family
 */
export async function removeCard(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { cardId, clientId }: { cardId: string; clientId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await trx.selectFrom('client').select('id').where('id', '=', clientId).forNoKeyUpdate().execute();
    const card = await trx
      .selectFrom('savedCard')
      .selectAll()
      .where('id', '=', cardId)
      .where('clientId', '=', clientId)
      .forUpdate()
      .executeTakeFirst();
    if (!card) throw new DomainError('not_found', 'This card is not there.');
    if (card.removedAt) return;
    await trx.updateTable('savedCard').set({ removedAt: ctx.clock(), isDefault: false }).where('id', '=', cardId).execute();
    const next = await trx
      .selectFrom('savedCard')
      .select('id')
      .where('clientId', '=', clientId)
      .where('removedAt', 'is', null)
      .orderBy('consentedAt', 'desc')
      .executeTakeFirst();
    if (next && card.isDefault) await trx.updateTable('savedCard').set({ isDefault: true }).where('id', '=', next.id).execute();
    await trx
      .updateTable('collection')
      .set({ status: 'cancelled', error: 'The card was removed.' })
      .where('savedCardId', '=', cardId)
      .where('status', '=', 'scheduled')
      .execute();
    await audit(trx, actor, { action: 'card.remove', subjectType: 'client', subjectId: clientId, after: { cardId } });
    await ctx.enqueue(trx, { name: 'card.forget', data: { cardId } });
  });
}

/** The job of `card.forget`: tells the gateway. Throws while trying again by itself may help. */
export async function forgetCard(ctx: AppContext, { cardId }: { cardId: string }): Promise<void> {
  const card = await ctx.db
    .selectFrom('savedCard')
    .select(['installId', 'customerRef', 'methodRef', 'removedAt'])
    .where('id', '=', cardId)
    .executeTakeFirst();
  if (!card?.removedAt) return;
  const { customerRef, methodRef } = card;
  try {
    const ready = await ctx.plugins.paymentGateway(ctx.db, card.installId, { disabledToo: true });
    await ready.gateway.removeCard?.(ready.context(`forget:${cardId}`), { customerRef, methodRef });
  } catch (error) {
    if (failureOf(error).passing) throw error;
    ctx.log.warn({ cardId, code: failureOf(error).code }, 'the gateway did not forget a card');
  }
}
