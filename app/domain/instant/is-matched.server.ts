import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** Whether a student is engaged to a tutor who teaches at present; within a use case it stays so until the end. */
export async function isMatched(db: Kysely<DB>, now: Date, of: { tutorId: string; studentId: string }): Promise<boolean> {
  const lock = db.isTransaction ? sql`FOR SHARE OF e` : sql``;
  const { rows } = await sql`
    SELECT 1 FROM engagement e JOIN tutor t ON t.id = e.tutor_id CROSS JOIN organisation o
    WHERE e.tutor_id = ${of.tutorId} AND e.student_id = ${of.studentId} AND t.status NOT IN ('dormant', 'left')
      AND (${now}::timestamptz AT TIME ZONE o.timezone)::date BETWEEN e.starts_on AND coalesce(e.ends_on, 'infinity')
    LIMIT 1 ${lock}`.execute(db);
  return rows.length > 0;
}
