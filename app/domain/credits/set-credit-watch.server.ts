import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getPackage } from './package-queries.server.ts';

/**
 * When a family counts as low on credits, and what it is topped up with then.
 * @param input.lowCredits hundredths of a credit; null: as the organisation says
 * @param input.topUpPackageId null: nothing is sold by itself
 * @throws DomainError unknown_reference, invalid_value (topUpPackageId)
 */
export async function setCreditWatch(
  db: Kysely<DB>,
  actor: Actor,
  input: { clientId: string; lowCredits: bigint | null; topUpPackageId: string | null },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { clientId, ...columns } = input;
    const before = await trx
      .selectFrom('client')
      .select(['lowCredits', 'topUpPackageId'])
      .where('id', '=', clientId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!before) throw new DomainError('unknown_reference', 'This family does not exist.', { field: 'clientId' });
    const changes = changedFields(before, columns);
    if (!changes) return;
    if (columns.topUpPackageId && columns.topUpPackageId !== before.topUpPackageId) {
      const one = await getPackage(trx, columns.topUpPackageId);
      if (one.archivedAt || one.perStudent)
        throw new DomainError('invalid_value', 'Choose a package that is on sale and for the whole family.', {
          field: 'topUpPackageId',
        });
    }
    await trx.updateTable('client').set(columns).where('id', '=', clientId).execute();
    await audit(trx, actor, { action: 'credits.watch', subjectType: 'client', subjectId: clientId, ...changes });
  });
}
