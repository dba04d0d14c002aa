import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockFamily, reasonOf } from './move-guards.server.ts';

/**
 * Gives a package more time, with the reason. Never less: sessions may have booked with it. What has expired stays
 * expired; give it anew.
 * @param input.expiresOn YYYY-MM-DD; null: without an end
 * @throws DomainError not_found, invalid_value (expiresOn: no later day, or expired already)
 */
export async function extendLot(
  db: Kysely<DB>,
  actor: Actor,
  input: { lotId: string; expiresOn: string | null; reason: string },
): Promise<void> {
  const reason = reasonOf(input.reason);
  await inTransaction(db, async (trx) => {
    const owner = await trx.selectFrom('creditLot').select('clientId').where('id', '=', input.lotId).executeTakeFirst();
    if (!owner) throw new DomainError('not_found', 'This package is not there.');
    await lockFamily(trx, owner.clientId, 'clientId');
    const lot = await trx
      .selectFrom('creditLot')
      .select(['expiresOn', 'accountId'])
      .where('id', '=', input.lotId)
      .executeTakeFirstOrThrow();
    if (lot.expiresOn === input.expiresOn) return;
    if (lot.expiresOn === null || (input.expiresOn !== null && input.expiresOn < lot.expiresOn))
      throw new DomainError('invalid_value', 'Choose a later day: sessions may have booked with it.', { field: 'expiresOn' });
    const expired = await trx
      .selectFrom('ledgerEntry')
      .innerJoin('ledgerTransaction', 'ledgerTransaction.id', 'ledgerEntry.transactionId')
      .select('ledgerTransaction.id')
      .where('ledgerEntry.accountId', '=', lot.accountId)
      .where('ledgerTransaction.idempotencyKey', 'like', `lot:${input.lotId}:expire:%`)
      .executeTakeFirst();
    if (expired)
      throw new DomainError('invalid_value', 'It has expired already. Give the credits anew instead, as a correction.', {
        field: 'expiresOn',
      });
    await trx
      .updateTable('creditLot')
      .set({ expiresOn: input.expiresOn, expiryToldAt: null })
      .where('id', '=', input.lotId)
      .execute();
    await audit(trx, actor, {
      action: 'credits.last_day',
      subjectType: 'client',
      subjectId: owner.clientId,
      before: { lotId: input.lotId, expiresOn: lot.expiresOn },
      after: { lotId: input.lotId, expiresOn: input.expiresOn },
      reason,
    });
  });
}
