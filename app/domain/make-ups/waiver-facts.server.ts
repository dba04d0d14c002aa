import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { WaiverFacts } from './waiver.ts';

/** By the student's id, what waiving their place in a session goes by. One statement. */
export async function readWaiverFacts(
  db: Kysely<DB>,
  { sessionId, localDate, studentIds }: { sessionId: string; localDate: string; studentIds: readonly string[] },
): Promise<Map<string, WaiverFacts>> {
  const { rows } = await sql<{ studentId: string; termId: string | null; name: string | null; used: number; makesUp: boolean }>`
    SELECT s.id AS student_id, t.id AS term_id, t.name,
      (SELECT count(*) FROM attendance a WHERE a.student_id = s.id AND a.waived_term_id = t.id AND a.session_id <> ${sessionId})::int AS used,
      EXISTS (SELECT 1 FROM make_up m JOIN attendance a ON a.id = m.used_attendance_id
        WHERE a.session_id = ${sessionId} AND a.student_id = s.id) AS makes_up
    FROM unnest(${[...studentIds]}::uuid[]) AS s (id)
    LEFT JOIN term t ON ${localDate}::date BETWEEN t.starts_on AND t.ends_on`.execute(db);
  return new Map(
    rows.map(({ studentId, termId, name, used, makesUp }) => [
      studentId,
      { term: termId === null ? null : { id: termId, name: name ?? '' }, freeUsed: used, makesUp },
    ]),
  );
}
