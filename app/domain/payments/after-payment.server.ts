import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { smallerOf } from '#app/domain/billing/money.ts';
import { isId } from '#app/domain/is-id.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import type { DB } from '#db/types.ts';
import { type PaymentEvent, z } from '#plugins/contract/index.ts';
import { lockPayment, type PaymentRow, postRefund } from './refund-posting.server.ts';
import { settleRefund } from './settle-refund.server.ts';
import { takePayment } from './take-payment.server.ts';

/** What can happen to a payment after it came in. */
export type AfterPayment = Extract<PaymentEvent, { fact: 'refunded' | 'disputed' }>;

const gatewayActor: Actor = { userId: null, kind: 'system' };

const minor = z.string().regex(/^\d+$/).transform(BigInt);
const base = { key: z.string(), type: z.string(), paymentRef: z.string(), amount: minor, currency: z.string() };
const stored = z.discriminatedUnion('fact', [
  z.object({
    ...base,
    fact: z.literal('refunded'),
    refundId: z.string().nullable(),
    result: z.discriminatedUnion('state', [
      z.object({ state: z.literal('succeeded'), ref: z.string() }),
      z.object({ state: z.literal('pending'), ref: z.string() }),
      z.object({ state: z.literal('failed'), ref: z.string().optional(), message: z.string() }),
    ]),
  }),
  z.object({ ...base, fact: z.literal('disputed'), disputeRef: z.string(), state: z.enum(['open', 'won', 'lost']) }),
]);

/** How an event waits for its payment, beside its key. */
export const asWaiting = (event: AfterPayment) =>
  `waits: ${JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? value.toString() : value))}`;

export function readWaiting(result: string): AfterPayment | undefined {
  const parsed = stored.safeParse(JSON.parse(result.slice('waits: '.length)));
  return parsed.success ? (parsed.data as AfterPayment) : undefined;
}

/** A payment's coming in and what is told about it follow one another: else each would miss the other. */
export async function lockArrival(trx: Transaction<DB>, of: { installId: string; paymentRef: string }): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`payment ${of.installId} ${of.paymentRef}`}, 0))`.execute(trx);
}

/** @returns what was done; undefined where the payment is not known yet */
export async function applyAfterPayment(
  trx: Transaction<DB>,
  ctx: DomainContext,
  installId: string,
  event: AfterPayment,
): Promise<string | undefined> {
  const of = { installId, gatewayRef: event.paymentRef };
  let payment = await lockPayment(trx, of);
  if (!payment) {
    // It may be coming in at this moment, in a transaction that can't see this one wait.
    await lockArrival(trx, { installId, paymentRef: event.paymentRef });
    payment = await lockPayment(trx, of);
  }
  if (!payment) return undefined;
  const { currency, timezone } = await getOrganisation(trx);
  if (event.currency !== currency) {
    const body = `Told of ${event.currency}, and the payment is in ${currency}: look at it at the gateway.`;
    await raiseTask(trx, ctx, { event: 'payment_unclear', key: event.key, about: { clientId: payment.client.id }, body });
    return body;
  }
  const today = localDateOf(ctx.clock(), timezone);
  return event.fact === 'refunded' ? applyRefund(trx, ctx, payment, event, today) : applyDispute(trx, ctx, payment, event, today);
}

async function applyRefund(
  trx: Transaction<DB>,
  ctx: DomainContext,
  payment: PaymentRow,
  event: Extract<AfterPayment, { fact: 'refunded' }>,
  today: string,
): Promise<string> {
  if (event.refundId && isId(event.refundId)) {
    const own = await trx
      .selectFrom('paymentRefund')
      .select('id')
      .where('id', '=', event.refundId)
      .where('paymentId', '=', payment.id)
      .executeTakeFirst();
    if (own) return settleRefund(trx, ctx, { refundId: own.id, result: event.result });
  }
  if (event.result.state !== 'succeeded') return 'not decided yet';
  const reason = 'Given back at the payment provider';
  return takeBack(trx, ctx, payment, { kind: 'refund', amount: event.amount, reason, ref: event.result.ref, on: today });
}

async function applyDispute(
  trx: Transaction<DB>,
  ctx: DomainContext,
  payment: PaymentRow,
  event: Extract<AfterPayment, { fact: 'disputed' }>,
  today: string,
): Promise<string> {
  const { disputeRef, state, amount } = event;
  const taken = await findBack(trx, payment.id, disputeRef);
  if (state !== 'won') {
    if (!taken) await raiseTask(trx, ctx, { event: 'payment_disputed', key: disputeRef, about: { clientId: payment.client.id } });
    const reason = 'Disputed: the payer’s bank took the money back';
    return takeBack(trx, ctx, payment, { kind: 'reversal', amount, reason, ref: disputeRef, on: today });
  }
  if (!taken) {
    // Its beginning comes later, and must then take nothing.
    await trx
      .insertInto('paymentRefund')
      .values({
        paymentId: payment.id,
        kind: 'reversal',
        amount,
        reason: 'A dispute that was won',
        status: 'failed',
        gatewayRef: disputeRef,
      })
      .execute();
    return 'won';
  }
  if (taken.status !== 'succeeded') return 'was known';
  const { isNew } = await takePayment(trx, ctx, gatewayActor, {
    client: payment.client,
    amount: taken.amount,
    currency: event.currency,
    receivedOn: today,
    method: 'card',
    reference: 'A dispute was won',
    gateway: { installId: payment.installId ?? '', pluginId: payment.pluginId ?? '', ref: `${disputeRef}:won` },
    receipt: false,
  });
  return isNew ? 'won, the money is back' : 'was known';
}

const findBack = (trx: Transaction<DB>, paymentId: string, gatewayRef: string) =>
  trx
    .selectFrom('paymentRefund')
    .select(['id', 'amount', 'status'])
    .where('paymentId', '=', paymentId)
    .where('gatewayRef', '=', gatewayRef)
    .executeTakeFirst();

/** Money that others took back, once by its own id, and never more than there is. */
async function takeBack(
  trx: Transaction<DB>,
  ctx: DomainContext,
  payment: PaymentRow,
  back: { kind: 'refund' | 'reversal'; amount: bigint; reason: string; ref: string; on: string },
): Promise<string> {
  if (await findBack(trx, payment.id, back.ref)) return 'was known';
  const amount = smallerOf(back.amount, payment.amount - payment.back);
  if (amount <= 0n) return 'nothing is left of the payment';
  const { kind, reason, ref: gatewayRef, on: refundedOn } = back;
  const { id } = await trx
    .insertInto('paymentRefund')
    .values({ paymentId: payment.id, kind, amount, reason, status: 'succeeded', refundedOn, gatewayRef })
    .returning('id')
    .executeTakeFirstOrThrow();
  await postRefund(trx, ctx, gatewayActor, payment, { id, kind, amount, reason, refundedOn, mail: kind === 'refund' });
  return kind === 'refund' ? 'given back' : 'taken back';
}
