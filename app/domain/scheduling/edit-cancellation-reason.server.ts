import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { refuseSameReason } from './add-cancellation-reason.server.ts';
import type { CancellationReasonEdit } from './cancellation-reason.schema.ts';

/**
 * Renames a reason or says who may give it; cancellations that gave it read as renamed.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field label)
 */
export async function editCancellationReason(db: Kysely<DB>, actor: Actor, input: CancellationReasonEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    await refuseSameReason(trx, columns.label, id);
    const before = await trx.selectFrom('cancellationReason').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This reason is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'cancellation_reason', id, word: 'reason', version: before.version });
    const changes = changedFields(before, columns);
    if (!changes) return;
    await trx
      .updateTable('cancellationReason')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: 'cancellation_reason.edit',
      subjectType: 'cancellation_reason',
      subjectId: id,
      ...changes,
    });
  });
}
