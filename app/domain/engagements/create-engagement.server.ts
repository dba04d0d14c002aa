import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { EngagementValues } from './engagement.schema.ts';

/**
 * Engages a tutor to a student. The same form sent twice (`id` of the form) makes one.
 * @throws DomainError unknown_reference and invalid_value at the field, duplicate_reference when this pair has one for
 *   the subject and program on one of these days
 */
export async function createEngagement(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: EngagementValues & { id?: string | undefined },
): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await lockResources(trx, [input.tutorId, input.studentId], ctx.clock());
    if (input.id) {
      const there = await trx.selectFrom('engagement').select('id').where('id', '=', input.id).executeTakeFirst();
      if (there) return there;
    }
    await checkEngagement(trx, input);
    const { id, ...columns } = input;
    const { notes: _, ...said } = columns;
    const engagement = await trx
      .insertInto('engagement')
      .values({ ...(id ? { id } : {}), ...columns, createdBy: actor.userId })
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'engagement.create',
      subjectType: 'engagement',
      subjectId: engagement.id,
      after: said,
    });
    return engagement;
  });
}

type Named = Pick<EngagementValues, 'tutorId' | 'studentId' | 'programId' | 'subjectId' | 'startsOn' | 'endsOn'>;

/** Everybody in it is there and active, the tutor teaches the subject, and there is no second one at the same time. */
export async function checkEngagement(trx: Transaction<DB>, input: Named, exceptId?: string): Promise<void> {
  const { rows } = await sql<{
    tutor: boolean | null;
    student: boolean | null;
    program: boolean | null;
    subject: boolean | null;
    taught: boolean;
    twice: boolean;
  }>`SELECT
    (SELECT archived_at IS NULL FROM tutor WHERE id = ${input.tutorId}) AS tutor,
    (SELECT archived_at IS NULL FROM student WHERE id = ${input.studentId}) AS student,
    (SELECT archived_at IS NULL FROM program WHERE id = ${input.programId}) AS program,
    (SELECT archived_at IS NULL FROM subject WHERE id = ${input.subjectId}) AS subject,
    EXISTS (SELECT 1 FROM tutor_subject WHERE tutor_id = ${input.tutorId} AND subject_id = ${input.subjectId}) AS taught,
    EXISTS (
      SELECT 1 FROM engagement WHERE tutor_id = ${input.tutorId} AND student_id = ${input.studentId}
        AND program_id = ${input.programId} AND subject_id = ${input.subjectId}
        AND id IS DISTINCT FROM ${exceptId ?? null}::uuid
        AND daterange(starts_on, ends_on, '[]') && daterange(${input.startsOn}::date, ${input.endsOn}::date, '[]')
    ) AS twice`.execute(trx);
  const [found] = rows;
  if (!found) throw new Error('a select without a table gave no row');
  for (const [name, field] of [
    ['tutor', 'tutorId'],
    ['student', 'studentId'],
    ['program', 'programId'],
    ['subject', 'subjectId'],
  ] as const) {
    if (found[name] === null) throw new DomainError('unknown_reference', `This ${name} does not exist.`, { field });
    if (!found[name] && exceptId === undefined) throw new DomainError('invalid_value', `This ${name} is archived.`, { field });
  }
  if (!found.taught)
    throw new DomainError('invalid_value', 'The tutor is not listed for this subject: add it to what they teach first.', {
      field: 'subjectId',
    });
  if (found.twice)
    throw new DomainError('duplicate_reference', 'They are engaged for this subject and program on these days already.', {
      field: 'startsOn',
    });
}
