import type { AppContext } from '#app/context.ts';
import { tryCharge } from './charge-collection.server.ts';
import { refreshCollection } from './refresh-collection.server.ts';

/** So long an event may take before we ask. */
const WAIT_MS = 15 * 60_000;
/** A page that nobody was ever led to. */
const LOST_MS = 60 * 60_000;
const AT_ONCE = 200;

/** The job of `collections.reconcile`: what was begun and never ended, as after an event that got lost, is asked after. */
export async function reconcileCollections(ctx: AppContext): Promise<void> {
  const now = ctx.clock().getTime();
  const open = await ctx.db
    .selectFrom('collection')
    .selectAll()
    .where('status', '=', 'open')
    .where((eb) => eb(eb.fn.coalesce('chargeAt', 'createdAt'), '<', new Date(now - WAIT_MS)))
    .orderBy('createdAt')
    .limit(AT_ONCE)
    .execute();
  for (const row of open) {
    try {
      if (row.gatewayRef) await refreshCollection(ctx, { collectionId: row.id });
      else if (row.way === 'saved_card') await tryCharge(ctx, row);
      else if (row.createdAt.getTime() < now - LOST_MS) {
        const lost = { status: 'cancelled', error: 'The payment page was never opened.' };
        await ctx.db.updateTable('collection').set(lost).where('id', '=', row.id).where('status', '=', 'open').execute();
      }
    } catch (error) {
      // One that can't be asked after now is asked after next time, and holds up no other.
      ctx.log.warn({ collectionId: row.id, reason: error instanceof Error ? error.message : String(error) }, 'not reconciled');
    }
  }
}
