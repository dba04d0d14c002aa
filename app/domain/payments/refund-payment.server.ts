import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { assertOpenDay } from '#app/domain/billing/open-day.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockPayment, postRefund } from './refund-posting.server.ts';

export interface RefundPayment {
  /** Chosen by the form, so that sending it twice gives back once. */
  id?: string;
  paymentId: string;
  /** refund: money goes back to the family. reversal: it never came, such as a cheque that bounced or a slip of the hand. */
  kind: 'refund' | 'reversal';
  /** Minor units. */
  amount: bigint;
  reason: string;
  /** Through the gateway it came by; false: given back by hand, on `refundedOn`. */
  throughGateway: boolean;
  /** YYYY-MM-DD; default: today. */
  refundedOn?: string;
}

/**
 * Gives money back, or takes a payment back that was none. What it had paid is open again. Through a gateway it is asked
 * of it from the queue, and nothing is posted before it has succeeded.
 * @throws DomainError not_found, invalid_value at the field
 */
export async function refundPayment(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RefundPayment,
): Promise<{ refundId: string }> {
  const reason = input.reason.trim();
  if (reason === '') throw new DomainError('invalid_value', 'Say why; it stays with the payment.', { field: 'reason' });
  if (input.amount <= 0n) throw new DomainError('invalid_value', 'Enter an amount above 0.', { field: 'amount' });
  return inTransaction(db, async (trx) => {
    const payment = await lockPayment(trx, { id: input.paymentId });
    if (!payment) throw new DomainError('not_found', 'This payment is not there.');
    if (input.id) {
      const there = await trx
        .selectFrom('paymentRefund')
        .select(['id', 'paymentId', 'amount', 'kind'])
        .where('id', '=', input.id)
        .executeTakeFirst();
      if (there) {
        const { id, ...before } = there;
        assertSentBefore<Record<string, unknown>>(before, { paymentId: payment.id, amount: input.amount, kind: input.kind });
        return { refundId: id };
      }
    }
    if (input.amount > payment.amount - payment.back) {
      throw new DomainError('invalid_value', 'That is more than is left of this payment.', { field: 'amount' });
    }
    const through = input.throughGateway && input.kind === 'refund' && payment.installId !== null;
    const { timezone } = await getOrganisation(trx);
    const today = localDateOf(ctx.clock(), timezone);
    const refundedOn = input.refundedOn ?? today;
    if (!through) {
      if (!isLocalDate(refundedOn)) throw new DomainError('invalid_value', 'Enter the day.', { field: 'refundedOn' });
      if (refundedOn > today) throw new DomainError('invalid_value', 'This day is still to come.', { field: 'refundedOn' });
      if (refundedOn < payment.receivedOn) {
        throw new DomainError('invalid_value', 'It was not received by then.', { field: 'refundedOn' });
      }
      await assertOpenDay(trx, actor, refundedOn, 'refundedOn');
    }
    const { kind, amount } = input;
    const { id } = await trx
      .insertInto('paymentRefund')
      .values({
        ...(input.id ? { id: input.id } : {}),
        paymentId: payment.id,
        kind,
        amount,
        reason,
        status: through ? 'pending' : 'succeeded',
        refundedOn: through ? null : refundedOn,
        createdBy: actor.userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (through) await ctx.enqueue(trx, { name: 'payment.refund', data: { refundId: id } });
    else await postRefund(trx, ctx, actor, payment, { id, kind, amount, reason, refundedOn, mail: kind === 'refund' });
    return { refundId: id };
  });
}
