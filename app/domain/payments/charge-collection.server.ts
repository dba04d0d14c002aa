import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { openOf } from '#app/domain/billing/open-of-invoice.server.ts';
import { failureOf } from '#app/domain/meetings/provider-failure.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { Collected, PaymentWant } from '#plugins/contract/index.ts';
import { type CollectionRow, lockCollection } from './collection-row.server.ts';
import { settleCollection } from './settle-collection.server.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'plugins' | 'enqueue' | 'config' | 'log'>;

const AT_ONCE = 100;

/** The job of `collections.charge`: takes from saved cards what is due. One that fails stops no other. */
export async function chargeDueCollections(ctx: Context): Promise<void> {
  const due = await ctx.db
    .selectFrom('collection')
    .select('id')
    .where('status', '=', 'scheduled')
    .where('chargeAt', '<=', ctx.clock())
    .orderBy('chargeAt')
    .limit(AT_ONCE)
    .execute();
  for (const { id } of due) {
    const row = await beginAttempt(ctx, id);
    if (row) await tryCharge(ctx, row);
  }
}

/**
 * The attempt is written down before the gateway is asked, with the amount that is open now: whoever finds it under way
 * later asks again with the same key, and the card is charged once.
 */
async function beginAttempt(ctx: Context, id: string): Promise<CollectionRow | undefined> {
  return inTransaction(ctx.db, async (trx) => {
    const row = await lockCollection(trx, id);
    if (row?.status !== 'scheduled' || !row.chargeAt || row.chargeAt > ctx.clock()) return undefined;
    const cancel = async (error: string) => {
      await trx.updateTable('collection').set({ status: 'cancelled', error }).where('id', '=', id).execute();
      return undefined;
    };
    const card = await trx.selectFrom('savedCard').select('removedAt').where('id', '=', row.savedCardId).executeTakeFirst();
    if (!card || card.removedAt) return cancel('The card was removed before.');
    const client = await trx.selectFrom('client').select('autoCharge').where('id', '=', row.clientId).executeTakeFirst();
    if (!client?.autoCharge) return cancel('The family no longer wants its card to be charged.');
    const { rows } = await sql<{
      open: bigint;
    }>`SELECT ${openOf('i')} AS open FROM invoice i WHERE i.id = ${row.invoiceId}::uuid`.execute(trx);
    const amount = rows[0]?.open ?? 0n;
    if (amount <= 0n) return cancel('Nothing was open any more.');
    return trx
      .updateTable('collection')
      .set({ status: 'open', amount, attempts: row.attempts + 1, gatewayRef: null, error: null })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}

/** One attempt, again for as long as its outcome isn't known: the gateway answers the same key with the same. */
export async function tryCharge(ctx: Context, row: CollectionRow): Promise<void> {
  let result: Collected;
  try {
    const ready = await ctx.plugins.paymentGateway(ctx.db, row.installId, { disabledToo: true });
    const { want, card } = await wantOf(ctx.db, row);
    const answer = await ready.gateway.charge?.(ready.context(`collection:${row.id}:${row.attempts}`), want, card);
    result = answer ?? { state: 'failed', message: `${ready.install.name} charges no saved cards.`, final: true };
  } catch (error) {
    const failure = failureOf(error);
    ctx.log.warn({ collectionId: row.id, code: failure.code }, 'a saved card could not be charged');
    // Left under way: the next look asks again.
    if (failure.passing) return;
    result = { state: 'failed', message: failure.message, final: false };
  }
  await settleCollection(ctx.db, ctx, { collectionId: row.id, result });
}

async function wantOf(db: Kysely<DB>, row: CollectionRow) {
  const { customerRef, methodRef, ref, name, email, numberText } = await db
    .selectFrom('savedCard')
    .innerJoin('client', 'client.id', 'savedCard.clientId')
    .innerJoin('invoice', (join) => join.on('invoice.id', '=', row.invoiceId))
    .select(['customerRef', 'methodRef', 'client.ref', 'client.name', 'client.email', 'invoice.numberText'])
    .where('savedCard.id', '=', row.savedCardId)
    .executeTakeFirstOrThrow();
  const want: PaymentWant = {
    collectionId: row.id,
    amount: row.amount,
    currency: row.currency,
    description: `Invoice ${numberText}`,
    payer: { ref, name, email, customerRef },
    saveCard: false,
  };
  return { want, card: { customerRef, methodRef } };
}
