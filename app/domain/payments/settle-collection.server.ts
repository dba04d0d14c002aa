import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { CardFact, Collected } from '#plugins/contract/index.ts';
import { type CollectionRow, lockCollection } from './collection-row.server.ts';
import { failCharge } from './fail-charge.server.ts';
import { handleWaitingEvents } from './handle-waiting-events.server.ts';
import { cardWords, keepCard } from './saved-card.server.ts';
import { sellPaidPackage } from './sell-paid-package.server.ts';
import { takePayment } from './take-payment.server.ts';

const gatewayActor: Actor = { userId: null, kind: 'system' };

/**
 * What a gateway says became of a collection, by an event, an answer or on being asked: in any order, any number of times.
 * Money that came in is one payment; a package is sold once; a card is kept once. Money wins over every other word.
 * @returns what is to be told of it, for the log of events
 */
export async function settleCollection(
  db: Kysely<DB>,
  ctx: DomainContext,
  { collectionId, result }: { collectionId: string; result: Collected },
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const row = await lockCollection(trx, collectionId);
    if (!row) return 'no such collection';
    if (result.state === 'pending') return notePending(trx, row, result.ref);
    if (result.state === 'failed') return noteFailure(trx, ctx, row, result);
    return noteSuccess(trx, ctx, row, result);
  });
}

async function notePending(trx: Transaction<DB>, row: CollectionRow, ref: string): Promise<string> {
  if (row.status === 'open' && row.gatewayRef === null) {
    await trx.updateTable('collection').set({ gatewayRef: ref }).where('id', '=', row.id).execute();
  }
  return 'not decided yet';
}

async function noteFailure(
  trx: Transaction<DB>,
  ctx: DomainContext,
  row: CollectionRow,
  result: Extract<Collected, { state: 'failed' }>,
): Promise<string> {
  if (row.status !== 'open') return 'was decided before';
  if (row.way === 'checkout') {
    const status = result.final ? 'failed' : 'open';
    await trx.updateTable('collection').set({ status, error: result.message }).where('id', '=', row.id).execute();
    return 'not paid';
  }
  // Told late of an earlier attempt, while the next one is under way.
  if (row.gatewayRef !== null && row.gatewayRef !== result.ref) return 'of an earlier attempt';
  if (row.gatewayRef === null && result.ref) {
    await trx.updateTable('collection').set({ gatewayRef: result.ref }).where('id', '=', row.id).execute();
  }
  await failCharge(trx, ctx, row, result);
  return 'not taken';
}

async function noteSuccess(
  trx: Transaction<DB>,
  ctx: DomainContext,
  row: CollectionRow,
  result: Extract<Collected, { state: 'succeeded' }>,
): Promise<string> {
  const { card } = result;
  if (card && row.saveCard) await keep(trx, ctx, row, card);
  if (row.purpose === 'card') {
    if (row.status !== 'succeeded') await end(trx, row, { gatewayRef: row.gatewayRef ?? result.ref });
    return card ? 'card saved' : 'card saved, its number not known yet';
  }
  if (result.currency !== row.currency) return noteForeign(trx, ctx, row, result);
  if (result.amount <= 0n) return 'nothing came in';
  const client = await trx.selectFrom('client').select(['id', 'ref']).where('id', '=', row.clientId).executeTakeFirstOrThrow();
  const install = await trx
    .selectFrom('pluginInstall')
    .select(['id', 'pluginId', 'name'])
    .where('id', '=', row.installId)
    .executeTakeFirstOrThrow();
  const { timezone } = await getOrganisation(trx);
  const today = localDateOf(ctx.clock(), timezone);
  const { paymentId, isNew } = await takePayment(trx, ctx, gatewayActor, {
    client,
    amount: result.amount,
    currency: row.currency,
    receivedOn: today,
    method: 'card',
    reference: card ? `${install.name}: ${cardWords(card)}` : install.name,
    gateway: { installId: install.id, pluginId: install.pluginId, ref: result.paymentRef },
    ...(row.invoiceId ? { purposes: [{ invoiceId: row.invoiceId, amount: result.amount }] } : {}),
    receipt: true,
  });
  if (row.status !== 'succeeded') await end(trx, row, { paymentId, gatewayRef: row.gatewayRef ?? result.ref });
  if (row.packageId && isNew) await sellPaidPackage(trx, ctx, gatewayActor, row);
  if (isNew) await handleWaitingEvents(trx, ctx, { installId: row.installId, paymentRef: result.paymentRef });
  return isNew ? 'paid' : 'was known';
}

/** Money that can't be booked: nothing is posted, the office is asked, and nobody is led to that page again. */
async function noteForeign(
  trx: Transaction<DB>,
  ctx: DomainContext,
  row: CollectionRow,
  result: Extract<Collected, { state: 'succeeded' }>,
): Promise<string> {
  const error = `Paid in ${result.currency}, and ${row.currency} was wanted: look at it at the gateway.`;
  await raiseTask(trx, ctx, { event: 'payment_unclear', key: row.id, about: { clientId: row.clientId }, body: error });
  if (row.status !== 'succeeded')
    await trx.updateTable('collection').set({ status: 'failed', error }).where('id', '=', row.id).execute();
  return error;
}

async function end(trx: Transaction<DB>, row: CollectionRow, set: { paymentId?: string; gatewayRef: string }): Promise<void> {
  await trx
    .updateTable('collection')
    .set({ status: 'succeeded', error: null, ...set })
    .where('id', '=', row.id)
    .execute();
}

async function keep(trx: Transaction<DB>, ctx: DomainContext, row: CollectionRow, card: CardFact): Promise<void> {
  const of = { clientId: row.clientId, installId: row.installId, consentedBy: row.startedBy, consentedAt: row.createdAt };
  await keepCard(trx, ctx, gatewayActor, of, card);
}
