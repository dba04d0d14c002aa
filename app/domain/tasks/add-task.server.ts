import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { checkAssignee } from '#app/domain/requests/check-request.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { NewTask } from './task.schema.ts';
import type { TaskKind } from './task-events.ts';

/**
 * Writes down what is to be done. The same form sent twice (its `id`) makes one.
 * @throws DomainError unknown_reference at `assigneeId`, or at `about` for a record that is not there
 */
export async function addTask(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: NewTask): Promise<{ id: string }> {
  const { id, about, ...columns } = input;
  return inTransaction(db, async (trx) => {
    if (columns.assigneeId !== null) await checkAssignee(trx, columns.assigneeId, 'assigneeId');
    const of = await aboutOf(trx, about);
    const task = await trx
      .insertInto('task')
      .values({ ...(id ? { id } : {}), ...columns, ...of, createdBy: actor.userId, createdAt: ctx.clock() })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!task) return { id: id ?? '' };
    const { assigneeId, dueOn } = columns;
    await audit(trx, actor, { action: 'task.add', subjectType: 'task', subjectId: task.id, after: { assigneeId, dueOn, ...of } });
    return task;
  });
}

async function aboutOf(trx: Transaction<DB>, about: string | null): Promise<Record<string, string>> {
  if (about === null) return {};
  const [kind, id = ''] = about.split(':') as [TaskKind, string];
  const { rows } = await sql`SELECT 1 FROM ${sql.table(kind)} WHERE id = ${id}`.execute(trx);
  if (rows.length === 0) throw new DomainError('unknown_reference', `This ${kind} is not there.`, { field: 'about' });
  return { [`${kind}Id`]: id };
}
