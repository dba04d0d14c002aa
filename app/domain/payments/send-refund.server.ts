import type { AppContext } from '#app/context.ts';
import { failureOf } from '#app/domain/meetings/provider-failure.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { ReadyPaymentGateway } from '#app/plugin-host/types.ts';
import type { Refunded } from '#plugins/contract/index.ts';
import { settleRefund } from './settle-refund.server.ts';

/**
 * Asks the gateway for a refund. The job of `payment.refund`: repeating it is harmless. Throws while trying again by itself
 * may help, so that the queue does.
 */
export async function sendRefund(ctx: AppContext, { refundId }: { refundId: string }): Promise<void> {
  const refund = await ctx.db
    .selectFrom('paymentRefund')
    .innerJoin('payment', 'payment.id', 'paymentRefund.paymentId')
    .select(['paymentRefund.amount', 'paymentRefund.reason', 'paymentRefund.status', 'payment.installId', 'payment.gatewayRef'])
    .where('paymentRefund.id', '=', refundId)
    .executeTakeFirst();
  if (refund?.status !== 'pending' || !refund.installId || !refund.gatewayRef) return;
  const { currency } = await getOrganisation(ctx.db);
  let ready: ReadyPaymentGateway | undefined;
  let result: Refunded;
  try {
    ready = await ctx.plugins.paymentGateway(ctx.db, refund.installId, { disabledToo: true });
    const want = { refundId, paymentRef: refund.gatewayRef, amount: refund.amount, currency, reason: refund.reason };
    const answer = await ready.gateway.refund?.(ready.context(`refund:${refundId}`), want);
    result = answer ?? { state: 'failed', message: `${ready.install.name} gives nothing back.` };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.passing) throw error;
    result = { state: 'failed', message: ready?.mask(failure.message) ?? failure.message };
  }
  await inTransaction(ctx.db, (trx) => settleRefund(trx, ctx, { refundId, result }));
}
