import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { allocatePayments } from '#app/domain/billing/payment-allocation.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import type { DB } from '#db/types.ts';
import { queuePaymentMail } from './queue-payment-mail.server.ts';

export interface TakenPayment {
  /** Chosen by who asks, so that asking twice takes it once. */
  id?: string;
  /** Its row is locked by the caller. */
  client: { id: string; ref: string };
  /** Minor units, above 0. */
  amount: bigint;
  currency: string;
  /** YYYY-MM-DD. */
  receivedOn: string;
  method: string;
  reference: string;
  /** What of it is for which invoice; the rest goes to the oldest. */
  purposes?: readonly { invoiceId: string; amount: bigint }[];
  /** Through a gateway, by its own id of the money: one payment, however often it is told. */
  gateway?: { installId: string; pluginId: string; ref: string };
  /** The family is sent a receipt. */
  receipt: boolean;
}

/**
 * Money received, by hand or through a gateway: the payment, its postings, what it pays, its receipt.
 * @returns the payment, and whether it is new
 * @throws DomainError conflict where the id is of another payment, invalid_value at `purposes` when more is meant for invoices than was paid, or one is of others
 */
export async function takePayment(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: TakenPayment,
): Promise<{ paymentId: string; isNew: boolean }> {
  const { client, amount, currency, receivedOn, method, gateway } = input;
  const purposes = (input.purposes ?? []).filter((one) => one.amount > 0n);
  await checkPurposes(trx, input, purposes);
  const payment = await trx
    .insertInto('payment')
    .values({
      ...(input.id ? { id: input.id } : {}),
      clientId: client.id,
      amount,
      receivedOn,
      method,
      reference: input.reference.trim(),
      recordedBy: actor.userId,
      installId: gateway?.installId ?? null,
      gatewayRef: gateway?.ref ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!payment) return { paymentId: await paymentBefore(trx, input), isNew: false };
  await post(trx, {
    key: `payment:${payment.id}`,
    effectiveOn: receivedOn,
    description: 'Payment received',
    entries: [
      { account: gateway ? accounts.gateway(gateway.pluginId, currency) : accounts.bank(currency), amount },
      { account: accounts.receivable(client, currency), amount: -amount },
    ],
  });
  if (purposes.length > 0) {
    await trx
      .insertInto('paymentPurpose')
      .values(purposes.map((one) => ({ paymentId: payment.id, ...one })))
      .execute();
  }
  await allocatePayments(trx, client.id);
  await audit(trx, actor, {
    action: 'payment.record',
    subjectType: 'payment',
    subjectId: payment.id,
    after: { clientId: client.id, amount, receivedOn, method },
  });
  if (input.receipt) {
    await queuePaymentMail(trx, ctx, {
      about: 'received',
      clientId: client.id,
      amount,
      currency,
      key: payment.id,
      on: receivedOn,
      how: [paymentMethodLabel(method), input.reference.trim()].filter(Boolean).join(', '),
      invoices: await invoicesPaidBy(trx, payment.id),
    });
  }
  return { paymentId: payment.id, isNew: true };
}

async function checkPurposes(
  trx: Transaction<DB>,
  input: TakenPayment,
  purposes: readonly { invoiceId: string; amount: bigint }[],
): Promise<void> {
  if (purposes.length === 0) return;
  const meant = purposes.reduce((sum, one) => sum + one.amount, 0n);
  if (meant > input.amount) {
    throw new DomainError('invalid_value', 'More is given to invoices than was paid.', { field: 'purposes' });
  }
  const ids = [...new Set(purposes.map((one) => one.invoiceId))];
  const own = await trx
    .selectFrom('invoice')
    .select('id')
    .where('id', 'in', ids)
    .where('clientId', '=', input.client.id)
    .execute();
  if (own.length !== purposes.length) {
    throw new DomainError('invalid_value', 'An invoice is not of this family.', { field: 'purposes' });
  }
}

async function paymentBefore(trx: Transaction<DB>, input: TakenPayment): Promise<string> {
  const { id, gateway } = input;
  const row = await trx
    .selectFrom('payment')
    .select(['id', 'clientId', 'amount', 'receivedOn'])
    .where((eb) =>
      gateway ? eb.and([eb('installId', '=', gateway.installId), eb('gatewayRef', '=', gateway.ref)]) : eb('id', '=', id ?? null),
    )
    .executeTakeFirst();
  if (!row) return id ?? '';
  const { clientId, amount, receivedOn } = row;
  if (!gateway)
    assertSentBefore(
      { clientId, amount, receivedOn },
      { clientId: input.client.id, amount: input.amount, receivedOn: input.receivedOn },
    );
  return row.id;
}

async function invoicesPaidBy(trx: Transaction<DB>, paymentId: string): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    SELECT i.number_text AS number FROM payment_allocation l JOIN invoice i ON i.id = l.invoice_id
    WHERE l.payment_id = ${paymentId}::uuid ORDER BY i.due_on, i.number`.execute(trx);
  return rows.map((row) => row.number);
}
