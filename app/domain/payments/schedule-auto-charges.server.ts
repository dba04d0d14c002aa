import { sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { readMoneySettings } from '#app/domain/billing/money-settings.ts';
import { openOf } from '#app/domain/billing/open-of-invoice.server.ts';
import type { DB } from '#db/types.ts';
import { queuePaymentMail } from './queue-payment-mail.server.ts';
import { cardWords } from './saved-card.server.ts';

interface Scheduled {
  clientId: string;
  invoiceId: string;
  number: string;
  amount: bigint;
  currency: string;
  brand: string;
  last4: string;
}

/**
 * Of invoices just issued, those of families who agreed to it are taken from their saved card after the organisation's
 * delay; they are told before. In the issuing transaction; once per invoice.
 */
export async function scheduleAutoCharges(
  trx: Transaction<DB>,
  ctx: DomainContext,
  invoiceIds: readonly string[],
): Promise<void> {
  const { money } = await trx.selectFrom('organisation').select('money').executeTakeFirstOrThrow();
  const at = new Date(ctx.clock().getTime() + readMoneySettings(money).auto_charge_delay_hours * 3_600_000);
  const { rows } = await sql<Scheduled>`
    WITH made AS (
      INSERT INTO collection (client_id, install_id, purpose, invoice_id, way, saved_card_id, amount, currency, status, charge_at, created_at)
      SELECT i.client_id, k.install_id, 'invoice', i.id, 'saved_card', k.id, ${openOf('i')}, i.currency, 'scheduled', ${at}, ${ctx.clock()}
      FROM invoice i
      JOIN client c ON c.id = i.client_id AND c.auto_charge
      JOIN saved_card k ON k.client_id = c.id AND k.is_default AND k.removed_at IS NULL
      JOIN plugin_install p ON p.id = k.install_id AND p.state <> 'disabled'
      WHERE i.id = ANY(${invoiceIds}::uuid[]) AND ${openOf('i')} > 0
      ON CONFLICT DO NOTHING
      RETURNING client_id, invoice_id, amount, currency, saved_card_id)
    SELECT m.client_id, m.invoice_id, i.number_text AS number, m.amount, m.currency, k.brand, k.last4
    FROM made m JOIN invoice i ON i.id = m.invoice_id JOIN saved_card k ON k.id = m.saved_card_id ORDER BY i.number`.execute(trx);
  for (const { clientId, invoiceId, number, amount, currency, ...card } of rows) {
    await queuePaymentMail(trx, ctx, {
      about: 'coming',
      clientId,
      amount,
      currency,
      key: invoiceId,
      at,
      how: cardWords(card),
      invoices: [number],
    });
  }
}
