import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Says that a task is done, or that it isn't yet after all. Again is no change. @throws DomainError not_found */
export async function finishTask(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { id, done }: { id: string; done: boolean },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const task = await trx.selectFrom('task').select('doneAt').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!task) throw new DomainError('not_found', 'This task is not there.');
    if ((task.doneAt !== null) === done) return;
    await trx
      .updateTable('task')
      .set({ doneAt: done ? ctx.clock() : null, doneBy: done ? actor.userId : null, version: sql<number>`version + 1` })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: done ? 'task.finish' : 'task.reopen', subjectType: 'task', subjectId: id });
  });
}
