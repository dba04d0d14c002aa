import type { Kysely, Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { isId } from '#app/domain/is-id.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PaymentEvent } from '#plugins/contract/index.ts';
import { applyAfterPayment, asWaiting } from './after-payment.server.ts';
import { lockCollection } from './collection-row.server.ts';
import { settleCollection } from './settle-collection.server.ts';

/**
 * What a gateway told us, each event once: that it came and what it did commit together, so that one which failed is
 * simply told again. Nothing is asked of the gateway here; what needs asking is put on the queue.
 */
export async function handlePaymentEvents(
  db: Kysely<DB>,
  ctx: DomainContext,
  { installId, events }: { installId: string; events: readonly PaymentEvent[] },
): Promise<void> {
  for (const event of events) {
    await inTransaction(db, async (trx) => {
      const isNew = await trx
        .insertInto('pluginEvent')
        .values({ installId, eventKey: event.key, type: event.type, receivedAt: ctx.clock() })
        .onConflict((conflict) => conflict.doNothing())
        .returning('eventKey')
        .executeTakeFirst();
      if (!isNew) return;
      const done = await apply(trx, ctx, installId, event);
      await trx
        .updateTable('pluginEvent')
        .set(done.waits ? { result: done.result } : { result: done.result, handledAt: ctx.clock() })
        .where('installId', '=', installId)
        .where('eventKey', '=', event.key)
        .execute();
    });
  }
}

async function apply(
  trx: Transaction<DB>,
  ctx: DomainContext,
  installId: string,
  event: PaymentEvent,
): Promise<{ result: string; waits?: boolean }> {
  switch (event.fact) {
    case 'collected': {
      const id = await findCollection(trx, installId, event);
      if (!id) return { result: 'of nothing we asked for' };
      const result = await settleCollection(trx, ctx, { collectionId: id, result: event.result });
      const row = await lockCollection(trx, id);
      // A card's brand and last digits are known by asking, and a payment that is still on its way is asked after soon.
      if (row?.saveCard || event.result.state === 'pending') {
        await ctx.enqueue(trx, { name: 'collection.refresh', data: { collectionId: id } });
      }
      return { result };
    }
    case 'expired': {
      const id = await findCollection(trx, installId, event);
      const row = id ? await lockCollection(trx, id) : undefined;
      if (row?.status !== 'open') return { result: 'was decided before' };
      const left = { status: 'cancelled', error: 'The payment page was left without paying.' };
      await trx.updateTable('collection').set(left).where('id', '=', row.id).execute();
      return { result: 'not paid' };
    }
    case 'refunded':
    case 'disputed': {
      const result = await applyAfterPayment(trx, ctx, installId, event);
      return result === undefined ? { result: asWaiting(event), waits: true } : { result };
    }
    case 'card_removed': {
      const gone = await trx
        .updateTable('savedCard')
        .set({ removedAt: ctx.clock() })
        .where('installId', '=', installId)
        .where('methodRef', '=', event.methodRef)
        .where('removedAt', 'is', null)
        .executeTakeFirst();
      return { result: gone.numUpdatedRows > 0n ? 'card removed' : 'was known' };
    }
    default:
      return { result: '' };
  }
}

async function findCollection(
  trx: Transaction<DB>,
  installId: string,
  { collectionId, ref }: { collectionId: string | null; ref: string },
): Promise<string | undefined> {
  const row = await trx
    .selectFrom('collection')
    .select('id')
    .where('installId', '=', installId)
    .where((eb) =>
      collectionId && isId(collectionId)
        ? eb.or([eb('id', '=', collectionId), eb('gatewayRef', '=', ref)])
        : eb('gatewayRef', '=', ref),
    )
    .executeTakeFirst();
  return row?.id;
}
