import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { checkAssignee } from '#app/domain/requests/check-request.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TaskEdit } from './task.schema.ts';

/**
 * Saves what is to be done, by whom and by when.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), unknown_reference (field `assigneeId`)
 */
export async function editTask(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: TaskEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This task is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'task', id, word: 'task', version: before.version });
    const changes = changedFields(before, columns, ['title', 'body']);
    if (!changes) return;
    if (columns.assigneeId !== null && columns.assigneeId !== before.assigneeId)
      await checkAssignee(trx, columns.assigneeId, 'assigneeId');
    await trx
      .updateTable('task')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'task.edit', subjectType: 'task', subjectId: id, ...changes });
  });
}
