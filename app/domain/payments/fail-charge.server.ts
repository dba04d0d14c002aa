import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { payToken } from '#app/domain/billing/documents/pay-link.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import type { DB } from '#db/types.ts';
import type { CollectionRow } from './collection-row.server.ts';
import { queuePaymentMail } from './queue-payment-mail.server.ts';

/** How often a saved card is tried for one invoice, and how long is waited in between. */
const MOST_ATTEMPTS = 3;
const HOURS_BETWEEN = 48;

const system: Actor = { userId: null, kind: 'system' };

/**
 * A saved card was refused: tried again later where that can help, else given up. The family is told either way and led
 * to where it can pay, the office once it is given up. The collection's row is locked by the caller.
 */
export async function failCharge(
  trx: Transaction<DB>,
  ctx: DomainContext,
  row: CollectionRow,
  { message, final }: { message: string; final: boolean },
): Promise<void> {
  const again = !final && row.attempts < MOST_ATTEMPTS;
  const at = new Date(ctx.clock().getTime() + HOURS_BETWEEN * 3_600_000);
  await trx
    .updateTable('collection')
    .set(again ? { status: 'scheduled', chargeAt: at, error: message, gatewayRef: null } : { status: 'failed', error: message })
    .where('id', '=', row.id)
    .execute();
  await audit(trx, system, {
    action: 'collection.fail',
    subjectType: 'client',
    subjectId: row.clientId,
    after: { collectionId: row.id, amount: row.amount, again },
    reason: message,
  });
  const invoice = row.invoiceId
    ? await trx.selectFrom('invoice').select('numberText').where('id', '=', row.invoiceId).executeTakeFirst()
    : undefined;
  await queuePaymentMail(trx, ctx, {
    about: 'failed',
    clientId: row.clientId,
    amount: row.amount,
    currency: row.currency,
    key: `${row.id}:${row.attempts}`,
    ...(again ? { at } : {}),
    reason: message,
    invoices: invoice ? [invoice.numberText] : [],
    ...(row.invoiceId ? { path: `/pay/${payToken(ctx.config, row.invoiceId)}` } : {}),
  });
  if (!again)
    await raiseTask(trx, ctx, { event: 'charge_failed', key: row.id, about: { clientId: row.clientId }, body: message });
}
