import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { accounts } from '#app/domain/billing/accounts.ts';
import { post } from '#app/domain/billing/ledger.server.ts';
import { paymentMethodLabel } from '#app/domain/billing/payment.ts';
import { allocatePayments } from '#app/domain/billing/payment-allocation.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { queuePaymentMail } from './queue-payment-mail.server.ts';

export interface PaymentRow {
  id: string;
  client: { id: string; ref: string };
  amount: bigint;
  /** Of it, what went back or is on its way back. */
  back: bigint;
  method: string;
  receivedOn: string;
  installId: string | null;
  pluginId: string | null;
  gatewayRef: string | null;
}

/** A payment with its family's row locked. */
export async function lockPayment(
  trx: Transaction<DB>,
  by: { id: string } | { installId: string; gatewayRef: string },
): Promise<PaymentRow | undefined> {
  const own =
    'id' in by ? sql`p.id = ${by.id}::uuid` : sql`p.install_id = ${by.installId}::uuid AND p.gateway_ref = ${by.gatewayRef}`;
  await sql`SELECT 1 FROM client WHERE id IN (SELECT p.client_id FROM payment p WHERE ${own}) FOR NO KEY UPDATE`.execute(trx);
  const { rows } = await sql<PaymentRow & { clientId: string; clientRef: string }>`
    SELECT p.id, p.client_id, c.ref AS client_ref, p.amount, p.method, p.received_on, p.install_id, p.gateway_ref, i.plugin_id,
      coalesce((SELECT sum(r.amount) FROM payment_refund r WHERE r.payment_id = p.id AND r.status <> 'failed'), 0)::bigint AS back
    FROM payment p JOIN client c ON c.id = p.client_id LEFT JOIN plugin_install i ON i.id = p.install_id
    WHERE ${own}`.execute(trx);
  const [row] = rows;
  if (!row) return undefined;
  const { clientId, clientRef, ...payment } = row;
  return { ...payment, client: { id: clientId, ref: clientRef } };
}

/** The postings of money that went back, what is open again, and the mail. */
export async function postRefund(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  payment: PaymentRow,
  refund: { id: string; kind: string; amount: bigint; reason: string; refundedOn: string; mail: boolean },
): Promise<void> {
  const { currency } = await getOrganisation(trx);
  const held = payment.pluginId ? accounts.gateway(payment.pluginId, currency) : accounts.bank(currency);
  await post(trx, {
    key: `refund:${refund.id}`,
    effectiveOn: refund.refundedOn,
    description: refund.kind === 'refund' ? 'Payment given back' : 'Payment reversed',
    entries: [
      { account: accounts.receivable(payment.client, currency), amount: refund.amount },
      { account: held, amount: -refund.amount },
    ],
  });
  await allocatePayments(trx, payment.client.id);
  await audit(trx, actor, {
    action: refund.kind === 'refund' ? 'payment.refund' : 'payment.reverse',
    subjectType: 'payment',
    subjectId: payment.id,
    after: { refundId: refund.id, amount: refund.amount, on: refund.refundedOn },
    reason: refund.reason,
  });
  if (!refund.mail) return;
  await queuePaymentMail(trx, ctx, {
    about: 'given_back',
    clientId: payment.client.id,
    amount: refund.amount,
    currency,
    key: refund.id,
    on: refund.refundedOn,
    how: paymentMethodLabel(payment.method),
    reason: refund.reason,
  });
}
