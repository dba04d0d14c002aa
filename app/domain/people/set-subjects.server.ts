import { type Kysely, sql, type Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface TaughtSubject {
  subjectId: string;
  /** None: at every level. */
  levelIds: string[];
}

/**
 * Makes these what a tutor teaches, in the caller's transaction.
 * @throws DomainError unknown_reference (field subjects) for a subject or a level that is not there
 */
export async function setSubjects(trx: Transaction<DB>, tutorId: string, subjects: readonly TaughtSubject[]): Promise<void> {
  const wanted = new Map(subjects.map((subject) => [subject.subjectId, [...new Set(subject.levelIds)]]));
  const levels = [...new Set([...wanted.values()].flat())];
  const { rows } = await sql<{ subjects: number; levels: number }>`SELECT
    (SELECT count(*)::int FROM subject WHERE id = ANY(${[...wanted.keys()]}::uuid[])) AS subjects,
    (SELECT count(*)::int FROM level WHERE id = ANY(${levels}::uuid[])) AS levels`.execute(trx);
  if (rows[0]?.subjects !== wanted.size)
    throw new DomainError('unknown_reference', 'One of these subjects is not there any more.', { field: 'subjects' });
  if (rows[0].levels !== levels.length)
    throw new DomainError('unknown_reference', 'One of these levels is not there any more.', { field: 'subjects' });
  await trx.deleteFrom('tutorSubject').where('tutorId', '=', tutorId).execute();
  if (wanted.size === 0) return;
  await trx
    .insertInto('tutorSubject')
    .values([...wanted.keys()].map((subjectId) => ({ tutorId, subjectId })))
    .execute();
  const taught = [...wanted].flatMap(([subjectId, levelIds]) => levelIds.map((levelId) => ({ tutorId, subjectId, levelId })));
  if (taught.length > 0) await trx.insertInto('tutorSubjectLevel').values(taught).execute();
}

/** What tutors teach, with the names of subjects and levels; archived ones too. */
export async function subjectsOf(db: Kysely<DB>, tutorIds: readonly string[]) {
  if (tutorIds.length === 0) return [];
  const { rows } = await sql<{ tutorId: string; subjectId: string; name: string; levels: { id: string; name: string }[] }>`
    SELECT ts.tutor_id AS "tutorId", ts.subject_id AS "subjectId", s.name,
           (SELECT coalesce(json_agg(json_build_object('id', l.id, 'name', l.name) ORDER BY l.position, l.id), '[]')
            FROM tutor_subject_level tl JOIN level l ON l.id = tl.level_id
            WHERE tl.tutor_id = ts.tutor_id AND tl.subject_id = ts.subject_id) AS levels
    FROM tutor_subject ts JOIN subject s ON s.id = ts.subject_id
    WHERE ts.tutor_id = ANY(${[...tutorIds]}::uuid[]) ORDER BY s.name COLLATE "und-x-icu"`.execute(db);
  return rows;
}
