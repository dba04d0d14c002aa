import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { type AfterPayment, applyAfterPayment, lockArrival, readWaiting } from './after-payment.server.ts';

/** A refund or a dispute can be told before the payment it is about: it waits, and is done when the payment is there. */
export async function handleWaitingEvents(
  trx: Transaction<DB>,
  ctx: DomainContext,
  of: { installId: string; paymentRef: string },
): Promise<void> {
  await lockArrival(trx, of);
  const waiting = await trx
    .selectFrom('pluginEvent')
    .select(['eventKey', 'result'])
    .where('installId', '=', of.installId)
    .where('handledAt', 'is', null)
    .where('result', 'like', 'waits: %')
    .orderBy('receivedAt')
    .forUpdate()
    .execute();
  for (const { eventKey, result } of waiting) {
    const event: AfterPayment | undefined = readWaiting(result);
    if (event?.paymentRef !== of.paymentRef) continue;
    const done = await applyAfterPayment(trx, ctx, of.installId, event);
    await trx
      .updateTable('pluginEvent')
      .set({ handledAt: ctx.clock(), result: done ?? result })
      .where('installId', '=', of.installId)
      .where('eventKey', '=', eventKey)
      .execute();
  }
}
