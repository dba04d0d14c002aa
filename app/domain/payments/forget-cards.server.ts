import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

/** Of families who are erased: nothing is taken from their cards any more, and the gateway is told to forget them. */
export async function forgetCards(trx: Transaction<DB>, ctx: DomainContext, clientIds: readonly string[]): Promise<void> {
  if (clientIds.length === 0) return;
  const cards = await trx
    .updateTable('savedCard')
    .set({ removedAt: ctx.clock(), isDefault: false })
    .where('clientId', 'in', [...clientIds])
    .where('removedAt', 'is', null)
    .returning('id')
    .execute();
  for (const { id } of cards) await ctx.enqueue(trx, { name: 'card.forget', data: { cardId: id } });
  await trx
    .updateTable('client')
    .set({ autoCharge: false })
    .where('id', 'in', [...clientIds])
    .execute();
  await trx
    .updateTable('collection')
    .set({ status: 'cancelled', error: 'The card was removed.' })
    .where('clientId', 'in', [...clientIds])
    .where('status', '=', 'scheduled')
    .execute();
}
