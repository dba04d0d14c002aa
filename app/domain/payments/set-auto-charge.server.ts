import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Whether what is invoiced is taken from the saved card by itself. Switched off, what was to come is cancelled.
 * @throws DomainError not_found, conflict where there is no card to switch it on for
 */
export async function setAutoCharge(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { clientId, on }: { clientId: string; on: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const client = await trx
      .selectFrom('client')
      .select(['id', 'autoCharge'])
      .where('id', '=', clientId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!client) throw new DomainError('not_found', 'This family is not there.');
    if (client.autoCharge === on) return;
    if (on) {
      const card = await trx
        .selectFrom('savedCard')
        .select('id')
        .where('clientId', '=', clientId)
        .where('removedAt', 'is', null)
        .executeTakeFirst();
      if (!card) throw new DomainError('conflict', 'There is no saved card. Save one first.');
    }
    await trx.updateTable('client').set({ autoCharge: on }).where('id', '=', clientId).execute();
    if (!on) {
      await trx
        .updateTable('collection')
        .set({ status: 'cancelled', error: 'Taking from the card was switched off.' })
        .where('clientId', '=', clientId)
        .where('way', '=', 'saved_card')
        .where('status', '=', 'scheduled')
        .execute();
    }
    await audit(trx, actor, { action: 'client.auto_charge', subjectType: 'client', subjectId: clientId, after: { on } });
  });
}
