import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { ChangeResult } from './session-changes.ts';
import { wallToInstant } from './wall-time.ts';

export interface NamedChange extends ChangeResult {
  title: string;
  studentNames: string[];
  /** As it stands now. */
  startsAt: Date;
  endsAt: Date;
  tutorName: string;
  /** Who is to teach it instead. */
  substituteName: string | null;
  /** When it is to begin instead. */
  movesTo: Date | null;
}

interface Row {
  id: string;
  title: string;
  studentNames: string[];
  startsAt: Date;
  endsAt: Date;
  zone: string;
  tutorName: string;
}

/** What was chosen for sessions, with the names and times that a person reads; of sessions that exist. */
export async function nameChanges(db: Kysely<DB>, results: readonly ChangeResult[]): Promise<NamedChange[]> {
  const { rows } = await sql<Row>`
    SELECT s.id, coalesce(nullif(s.title, ''), sub.name) AS title, s.starts_at, s.ends_at, s.zone,
      concat_ws(' ', t.first_name, t.last_name) AS tutor_name,
      ARRAY(SELECT concat_ws(' ', st.first_name, st.last_name) FROM attendance a JOIN student st ON st.id = a.student_id
            WHERE a.session_id = s.id ORDER BY 1) AS student_names
    FROM session s JOIN subject sub ON sub.id = s.subject_id JOIN tutor t ON t.id = s.tutor_id
    WHERE s.id = ANY(${results.map((result) => result.sessionId)}::uuid[]) ORDER BY s.starts_at, s.id`.execute(db);
  const substitutes = results.flatMap(({ choice }) => (choice.kind === 'substitute' ? [choice.tutorId] : []));
  const tutors = await db
    .selectFrom('tutor')
    .select(['id', sql<string>`concat_ws(' ', first_name, last_name)`.as('name')])
    .where('id', '=', sql<string>`ANY(${substitutes}::uuid[])`)
    .execute();
  const names = new Map(tutors.map((tutor) => [tutor.id, tutor.name]));
  return rows.flatMap(({ id, zone, ...row }) => {
    const result = results.find((candidate) => candidate.sessionId === id);
    if (!result) return [];
    const { choice } = result;
    return {
      ...result,
      ...row,
      substituteName: choice.kind === 'substitute' ? (names.get(choice.tutorId) ?? null) : null,
      movesTo: choice.kind === 'move' ? (wallToInstant(choice.wallStart, zone) ?? null) : null,
    };
  });
}
