import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkSubject } from './add-goal.server.ts';
import type { goalEdit } from './goal.schema.ts';

/**
 * Changes a goal of this student, also whether it is reached or dropped; what was rated stays.
 * @throws DomainError not_found, unknown_reference (subjectId), conflict when somebody changed it since it was read
 */
export async function editGoal(
  db: Kysely<DB>,
  actor: Actor,
  input: z.output<typeof goalEdit> & { studentId: string },
): Promise<void> {
  const { goalId, studentId, version, ...values } = input;
  await inTransaction(db, async (trx) => {
    const goal = await trx
      .selectFrom('goal')
      .selectAll()
      .where('id', '=', goalId)
      .where('studentId', '=', studentId)
      .forUpdate()
      .executeTakeFirst();
    if (!goal) throw new DomainError('not_found', 'This goal is not there.');
    const keys = Object.keys(values) as (keyof typeof values)[];
    if (keys.every((key) => goal[key] === values[key])) return;
    if (goal.version !== version)
      throw new DomainError('conflict', 'Somebody changed this goal meanwhile. Load the page again to see what it says now.');
    await checkSubject(trx, values.subjectId);
    await trx
      .updateTable('goal')
      .set({ ...values, version: version + 1 })
      .where('id', '=', goalId)
      .execute();
    const of = { subjectType: 'student', subjectId: studentId };
    const change = { before: { goalId, status: goal.status }, after: { goalId, status: values.status } };
    await audit(trx, actor, { action: 'goal.edit', ...of, ...change });
  });
}
