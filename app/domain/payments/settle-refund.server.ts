import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import type { DB } from '#db/types.ts';
import type { Refunded } from '#plugins/contract/index.ts';
import { lockPayment, postRefund } from './refund-posting.server.ts';

/** What the gateway says became of a refund we asked for; in any order, any number of times. */
export async function settleRefund(
  trx: Transaction<DB>,
  ctx: DomainContext,
  { refundId, result }: { refundId: string; result: Refunded },
): Promise<string> {
  const of = await trx.selectFrom('paymentRefund').select('paymentId').where('id', '=', refundId).executeTakeFirst();
  const payment = of && (await lockPayment(trx, { id: of.paymentId }));
  if (!payment) return 'no such refund';
  const refund = await trx
    .selectFrom('paymentRefund')
    .selectAll()
    .where('id', '=', refundId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (refund.status !== 'pending') return 'was known';
  const own = trx.updateTable('paymentRefund').where('id', '=', refundId);
  if (result.state === 'pending') {
    await own.set({ gatewayRef: result.ref }).execute();
    return 'on its way';
  }
  const gatewayRef = result.ref ?? refund.gatewayRef;
  if (result.state === 'failed') {
    await own.set({ status: 'failed', error: result.message, gatewayRef }).execute();
    await raiseTask(trx, ctx, {
      event: 'refund_failed',
      key: refundId,
      about: { clientId: payment.client.id },
      body: result.message,
    });
    return 'not given back';
  }
  const { timezone } = await getOrganisation(trx);
  const refundedOn = localDateOf(ctx.clock(), timezone);
  await own.set({ status: 'succeeded', refundedOn, gatewayRef }).execute();
  const actor: Actor = { userId: refund.createdBy, kind: refund.createdBy ? 'user' : 'system' };
  const { id, kind, amount, reason } = refund;
  await postRefund(trx, ctx, actor, payment, { id, kind, amount, reason, refundedOn, mail: kind === 'refund' });
  return 'given back';
}
