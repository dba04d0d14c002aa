import type { AppContext } from '#app/context.ts';
import type { Collected } from '#plugins/contract/index.ts';
import { settleCollection } from './settle-collection.server.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'enqueue' | 'config'>;

/** Asks the gateway what became of a collection. The job of `collection.refresh`, and of whoever waits for it on a page. */
export async function refreshCollection(ctx: Context, { collectionId }: { collectionId: string }): Promise<void> {
  const row = await ctx.db
    .selectFrom('collection')
    .select(['installId', 'gatewayRef', 'status', 'way', 'saveCard'])
    .where('id', '=', collectionId)
    .executeTakeFirst();
  const wantsCard = row?.status === 'succeeded' && row.saveCard;
  if (!row?.gatewayRef || (row.status !== 'open' && !wantsCard)) return;
  const ready = await ctx.plugins.paymentGateway(ctx.db, row.installId, { disabledToo: true });
  const result: Collected = await ready.gateway.status(ready.context(`status:${collectionId}`), row.gatewayRef);
  await settleCollection(ctx.db, ctx, { collectionId, result });
}
