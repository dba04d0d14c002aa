import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkPackage } from './add-package.server.ts';
import type { PackageEdit } from './package.schema.ts';
import { getPackage } from './package-queries.server.ts';

/**
 * Changes what is on sale from now on; what was sold stays as it was sold.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (name), unknown_reference (programId)
 */
export async function editPackage(db: Kysely<DB>, actor: Actor, input: PackageEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    await checkPackage(trx, columns, id);
    await trx.selectFrom('package').select('id').where('id', '=', id).forUpdate().execute();
    const before = await getPackage(trx, id);
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'package', id, word: 'package', version: before.version });
    if (before.archivedAt) throw new DomainError('invalid_value', 'This package is archived. Bring it back first.');
    const changes = changedFields({ ...before }, columns);
    if (!changes) return;
    await trx
      .updateTable('package')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'package.edit', subjectType: 'package', subjectId: id, ...changes });
  });
}
