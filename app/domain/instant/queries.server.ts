import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { BOOKABLE } from '#app/domain/people/choice-queries.server.ts';
import type { DB } from '#db/types.ts';
import { listInstantProviders } from './instant-provider.server.ts';

export interface InstantChoices {
  /** Active ones; for a tutor themselves alone. */
  tutors: { id: string; name: string; subjectIds: string[] }[];
  /** For a tutor those matched to them, with what they are usually taught. */
  students: { id: string; name: string; clientName: string; usual: UsualLesson | null }[];
  programs: { id: string; name: string; durations: number[] | null; defaultDuration: number | null }[];
  /** For a tutor what they teach, where that is known. */
  subjects: { id: string; name: string }[];
  providers: { id: string; name: string }[];
}

interface UsualLesson {
  programId: string;
  subjectId: string;
  minutes: number | null;
}

/** What an instant session can be made of. @param tutorId the tutor who starts it; null: the office does */
export async function listInstantChoices(
  db: Kysely<DB>,
  ctx: DomainContext,
  { tutorId }: { tutorId: string | null },
): Promise<InstantChoices> {
  const [tutors, students, programs, subjects, providers] = await Promise.all([
    db
      .selectFrom('tutor')
      .select([
        'id',
        sql<string>`trim(first_name || ' ' || last_name)`.as('name'),
        sql<string[]>`array(select subject_id::text from tutor_subject where tutor_id = tutor.id)`.as('subjectIds'),
      ])
      .where((eb) => (tutorId ? eb('id', '=', tutorId) : BOOKABLE))
      .orderBy('name')
      .execute(),
    listStudents(db, ctx, tutorId),
    db
      .selectFrom('program')
      .select(['id', 'name', 'durations', 'defaultDuration'])
      .where('archivedAt', 'is', null)
      .orderBy(sql`kind <> 'one_to_one'`)
      .orderBy('name')
      .execute(),
    db.selectFrom('subject').select(['id', 'name']).where('archivedAt', 'is', null).orderBy('name').execute(),
    listInstantProviders(db, ctx),
  ]);
  const taught = tutorId ? (tutors[0]?.subjectIds ?? []) : [];
  return {
    tutors,
    students,
    programs,
    subjects: taught.length > 0 ? subjects.filter((subject) => taught.includes(subject.id)) : subjects,
    providers: providers.map(({ id, name }) => ({ id, name })),
  };
}

/** In one statement: who can be chosen, and the pair's engagement of this day, the latest where there are several. */
async function listStudents(db: Kysely<DB>, ctx: DomainContext, tutorId: string | null): Promise<InstantChoices['students']> {
  const { rows } = await sql<InstantChoices['students'][number]>`
    SELECT st.id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS name, c.name AS client_name, usual.lesson AS usual
    FROM student st JOIN client c ON c.id = st.client_id CROSS JOIN organisation o
    LEFT JOIN LATERAL (
      SELECT json_build_object('programId', e.program_id, 'subjectId', e.subject_id, 'minutes', e.default_minutes) AS lesson
      FROM engagement e
      WHERE e.student_id = st.id AND (${tutorId}::uuid IS NULL OR e.tutor_id = ${tutorId}::uuid)
        AND (${ctx.clock()}::timestamptz AT TIME ZONE o.timezone)::date BETWEEN e.starts_on AND coalesce(e.ends_on, 'infinity')
      ORDER BY e.starts_on DESC, e.id DESC LIMIT 1
    ) usual ON true
    WHERE st.archived_at IS NULL AND (${tutorId}::uuid IS NULL OR usual.lesson IS NOT NULL)
    ORDER BY name, st.ref COLLATE "C"`.execute(db);
  return rows;
}
