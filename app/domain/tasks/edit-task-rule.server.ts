import { type Kysely, sql } from 'kysely';
import type { Actor } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { checkAssignee } from '#app/domain/requests/check-request.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { findRule } from './raise-task.server.ts';
import type { TaskRuleValues } from './task.schema.ts';

/**
 * Says which task an event makes, for whom and by when, or that it makes none. Tasks that are there stay as they are.
 * @throws DomainError conflict (details: ChangedMeanwhile), unknown_reference (field `assigneeId`)
 */
export async function editTaskRule(db: Kysely<DB>, actor: Actor, input: TaskRuleValues): Promise<void> {
  const { event, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`task_rule:${event}`}, 0))`.execute(trx);
    const before = await findRule(trx, event);
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'task_rule', id: null, word: 'rule', version: before.version });
    const changes = changedFields(before, columns, ['title']);
    if (!changes) return;
    if (columns.assigneeId !== null && columns.assigneeId !== before.assigneeId)
      await checkAssignee(trx, columns.assigneeId, 'assigneeId');
    const values = { ...columns, version: version + 1 };
    await trx
      .insertInto('taskRule')
      .values({ event, ...values })
      .onConflict((conflict) => conflict.column('event').doUpdateSet(values))
      .execute();
    await audit(trx, actor, {
      action: 'task_rule.edit',
      subjectType: 'task_rule',
      subjectId: null,
      before: changes.before,
      after: { event, ...changes.after },
    });
  });
}
