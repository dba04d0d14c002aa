import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type About, aboutTypeOf } from './about.ts';

/** Who else than the office may be shown something about somebody, as it is at this moment. */
export interface Circle {
  /** The tutor it is about, or those who teach the student: engaged, or with a session ahead or in the last week. */
  tutorIds: string[];
  /** Who pays. */
  clientIds: string[];
  /** The student it is about; whoever cares for them is their family too. */
  studentIds: string[];
}

export async function circleOf(db: Kysely<DB>, about: About, now: Date): Promise<Circle> {
  const { type, id } = aboutTypeOf(about);
  if (type === 'tutor') return { tutorIds: [id], clientIds: [], studentIds: [] };
  if (type === 'client') return { tutorIds: [], clientIds: [id], studentIds: [] };
  if (type === 'request') return { tutorIds: [], clientIds: [], studentIds: [] };
  const [student, tutors] = await Promise.all([
    db.selectFrom('student').select('clientId').where('id', '=', id).executeTakeFirst(),
    tutorsOf(db, id, now),
  ]);
  return {
    tutorIds: tutors,
    clientIds: student ? [student.clientId] : [],
    studentIds: student ? [id] : [],
  };
}

async function tutorsOf(db: Kysely<DB>, studentId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ tutorId: string }>`
    SELECT e.tutor_id FROM engagement e CROSS JOIN organisation o
    WHERE e.student_id = ${studentId}
      AND (e.ends_on IS NULL OR e.ends_on >= (${now}::timestamptz AT TIME ZONE o.timezone)::date)
    UNION
    SELECT s.tutor_id FROM attendance a JOIN session s ON s.id = a.session_id
    WHERE a.student_id = ${studentId} AND a.outcome <> 'cancelled' AND s.tutor_id IS NOT NULL
      AND s.status IN ('scheduled', 'closed_out', 'approved', 'no_show')
      AND s.ends_at > ${now}::timestamptz - interval '7 days'`.execute(db);
  return rows.map((row) => row.tutorId);
}

/** @throws DomainError not_found */
export async function mustExist(db: Kysely<DB>, about: About): Promise<void> {
  const { type, id } = aboutTypeOf(about);
  const row = await db.selectFrom(type).select('id').where('id', '=', id).executeTakeFirst();
  if (!row) throw new DomainError('not_found', `This ${type} is not there.`);
}

/** What they are called, for the head of a page about them. @throws DomainError not_found */
export async function getAboutName(db: Kysely<DB>, about: About): Promise<{ name: string; archived: boolean }> {
  const { type, id } = aboutTypeOf(about);
  const names = {
    tutor: sql<string>`concat_ws(' ', first_name, nullif(last_name, ''))`,
    student: sql<string>`concat_ws(' ', first_name, nullif(last_name, ''))`,
    client: sql<string>`name`,
    request: sql<string>`ref`,
  };
  const archived = type === 'request' ? sql<boolean>`false` : sql<boolean>`archived_at IS NOT NULL`;
  const row = await db
    .selectFrom(type)
    .select([names[type].as('name'), archived.as('archived')])
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new DomainError('not_found', `This ${type} is not there.`);
  return row;
}
