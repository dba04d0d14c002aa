import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { takePayment } from '#app/domain/payments/take-payment.server.ts';
import { isLocalDate, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { assertOpenDay } from './open-day.server.ts';
import { isPaymentMethod } from './payment.ts';

export interface RecordPayment {
  /** Chosen by the form, so that sending it twice records it once. */
  id?: string;
  clientId: string;
  /** Minor units, above 0. */
  amount: bigint;
  /** YYYY-MM-DD. */
  receivedOn: string;
  method: string;
  reference?: string;
  /** What of it is for which invoice; the rest pays the oldest. */
  purposes?: readonly { invoiceId: string; amount: bigint }[];
  /** The family is sent a receipt. */
  receipt?: boolean;
}

/**
 * Money received from a family, by hand. It pays what it is said to be for, then the oldest open invoice; what no invoice
 * takes stays unapplied and pays the next one that is issued.
 * @throws DomainError unknown_reference, invalid_value at the field
 */
export async function recordPayment(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RecordPayment,
): Promise<{ paymentId: string }> {
  if (input.amount <= 0n) throw new DomainError('invalid_value', 'Enter an amount above 0.', { field: 'amount' });
  if (!isLocalDate(input.receivedOn))
    throw new DomainError('invalid_value', 'Enter the day it was received.', { field: 'receivedOn' });
  if (!isPaymentMethod(input.method)) throw new DomainError('invalid_value', 'Choose how it was paid.', { field: 'method' });
  return inTransaction(db, async (trx) => {
    const { currency, timezone } = await getOrganisation(trx);
    if (input.receivedOn > localDateOf(ctx.clock(), timezone)) {
      throw new DomainError('invalid_value', 'This day is still to come.', { field: 'receivedOn' });
    }
    await assertOpenDay(trx, actor, input.receivedOn, 'receivedOn');
    const client = await trx
      .selectFrom('client')
      .select(['id', 'ref'])
      .where('id', '=', input.clientId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!client) throw new DomainError('unknown_reference', 'Choose a family.', { field: 'clientId' });
    const { paymentId } = await takePayment(trx, ctx, actor, {
      ...(input.id ? { id: input.id } : {}),
      client,
      amount: input.amount,
      currency,
      receivedOn: input.receivedOn,
      method: input.method,
      reference: input.reference ?? '',
      ...(input.purposes ? { purposes: input.purposes } : {}),
      receipt: input.receipt ?? false,
    });
    return { paymentId };
  });
}
