import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TutorValues } from './tutor.schema.ts';

/** Adds a tutor. Throws unknown_reference (field `subjects`) for a subject that is not there. */
export async function createTutor(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: TutorValues,
): Promise<{ id: string; ref: string }> {
  const { subjects, ...columns } = input;
  return inTransaction(db, async (trx) => {
    const tutor = await trx
      .insertInto('tutor')
      .values({ ...columns, schedulingOverrides: JSON.stringify(columns.schedulingOverrides) })
      .returning(['id', 'ref'])
      .executeTakeFirstOrThrow();
    await setSubjects(trx, tutor.id, subjects);
    await audit(trx, actor, {
      action: 'tutor.create',
      subjectType: 'tutor',
      subjectId: tutor.id,
      after: { ref: tutor.ref, subjects },
    });
    return tutor;
  });
}

export async function setSubjects(trx: Transaction<DB>, tutorId: string, subjects: TutorValues['subjects']): Promise<void> {
  const wanted = new Map(subjects.map((subject) => [subject.subjectId, subject.level]));
  if (wanted.size > 0) {
    const known = await trx
      .selectFrom('subject')
      .select('id')
      .where('id', 'in', [...wanted.keys()])
      .execute();
    if (known.length < wanted.size)
      throw new DomainError('unknown_reference', 'One of these subjects is not there any more.', { field: 'subjects' });
  }
  await trx.deleteFrom('tutorSubject').where('tutorId', '=', tutorId).execute();
  if (wanted.size === 0) return;
  await trx
    .insertInto('tutorSubject')
    .values([...wanted].map(([subjectId, level]) => ({ tutorId, subjectId, level })))
    .execute();
}
