import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Whose late cancellation of a session was one of their term's free ones. */
export async function listFreeCancellations(
  db: Kysely<DB>,
  sessionId: string,
): Promise<{ studentId: string; studentName: string; termName: string }[]> {
  const { rows } = await sql<{ studentId: string; studentName: string; termName: string }>`
    SELECT a.student_id, concat_ws(' ', s.first_name, nullif(s.last_name, '')) AS student_name, t.name AS term_name
    FROM attendance a JOIN student s ON s.id = a.student_id JOIN term t ON t.id = a.waived_term_id
    WHERE a.session_id = ${sessionId} AND a.waived_as = 'free' ORDER BY s.ref COLLATE "C"`.execute(db);
  return rows;
}
