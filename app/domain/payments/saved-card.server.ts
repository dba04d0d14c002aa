import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { readMoneySettings } from '#app/domain/billing/money-settings.ts';
import type { DB } from '#db/types.ts';
import type { CardFact } from '#plugins/contract/index.ts';
import { consentText } from './consent.ts';

/**
 * Keeps what a person knows a card by, with the consent as it was given; it becomes the one that is charged, and what is
 * invoiced is taken from it. The client's row is locked by the caller. Safe to repeat.
 */
export async function keepCard(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  of: { clientId: string; installId: string; consentedBy: string | null; consentedAt: Date },
  card: CardFact,
): Promise<void> {
  const known = await trx
    .selectFrom('savedCard')
    .select('id')
    .where('installId', '=', of.installId)
    .where('methodRef', '=', card.methodRef)
    .executeTakeFirst();
  if (known) return;
  const organisation = await trx.selectFrom('organisation').select(['name', 'money']).executeTakeFirstOrThrow();
  const delay = readMoneySettings(organisation.money).auto_charge_delay_hours;
  await trx.updateTable('savedCard').set({ isDefault: false }).where('clientId', '=', of.clientId).execute();
  const { id } = await trx
    .insertInto('savedCard')
    .values({
      clientId: of.clientId,
      installId: of.installId,
      customerRef: card.customerRef,
      methodRef: card.methodRef,
      brand: card.brand.slice(0, 40),
      last4: card.last4.slice(0, 4),
      expiresMonth: card.expiresMonth,
      expiresYear: card.expiresYear,
      consentText: consentText(organisation.name, delay),
      consentedAt: of.consentedAt,
      consentedBy: of.consentedBy,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx.updateTable('client').set({ autoCharge: true }).where('id', '=', of.clientId).execute();
  await audit(trx, actor, {
    action: 'card.save',
    subjectType: 'client',
    subjectId: of.clientId,
    after: { cardId: id, at: ctx.clock() },
  });
}

/** "Visa, ending in 4242". */
export const cardWords = (card: { brand: string; last4: string }): string => {
  const brand = card.brand ? card.brand.charAt(0).toUpperCase() + card.brand.slice(1) : 'Card';
  return card.last4 ? `${brand}, ending in ${card.last4}` : brand;
};
