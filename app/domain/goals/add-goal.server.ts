import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { goalValues } from './goal.schema.ts';

/** A student does one thing at a time; more than this many is a list nobody reads. */
const MOST_OPEN = 30;

/**
 * Adds a goal at the end of a student's. `id`: chosen by the form, so that sending it twice adds once.
 * @throws DomainError not_found (the student), unknown_reference (subjectId), over_limit
 */
export async function addGoal(
  db: Kysely<DB>,
  actor: Actor,
  input: z.output<typeof goalValues> & { id?: string | undefined; studentId: string },
): Promise<void> {
  const { studentId, ...values } = input;
  await inTransaction(db, async (trx) => {
    const student = await trx.selectFrom('student').select('id').where('id', '=', studentId).forUpdate().executeTakeFirst();
    if (!student) throw new DomainError('not_found', 'This student is not there.');
    await checkSubject(trx, values.subjectId);
    const { open } = await trx
      .selectFrom('goal')
      .select(sql<number>`count(*)::int`.as('open'))
      .where('studentId', '=', studentId)
      .where('status', '=', 'open')
      .executeTakeFirstOrThrow();
    if (open >= MOST_OPEN) throw new DomainError('over_limit', `There are ${MOST_OPEN} open goals already. Drop some first.`);
    const made = await trx
      .insertInto('goal')
      .values({
        ...values,
        studentId,
        createdBy: actor.userId,
        position: sql`(SELECT coalesce(max(position), 0) + 1 FROM goal WHERE student_id = ${studentId})`,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made)
      await audit(trx, actor, { action: 'goal.add', subjectType: 'student', subjectId: studentId, after: { goalId: made.id } });
  });
}

/** @throws DomainError unknown_reference */
export async function checkSubject(trx: Kysely<DB>, subjectId: string | null): Promise<void> {
  if (subjectId === null) return;
  const subject = await trx.selectFrom('subject').select('id').where('id', '=', subjectId).executeTakeFirst();
  if (!subject) throw new DomainError('unknown_reference', 'Choose a subject of the list.', { field: 'subjectId' });
}
