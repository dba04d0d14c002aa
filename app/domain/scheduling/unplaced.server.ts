import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** What waits for a place in the plan: a wish of a family or a guest, or a match without anything planned. */
export interface Unplaced {
  kind: 'request' | 'engagement';
  id: string;
  studentId: string;
  studentName: string;
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  /** Whom they wish for, or who is matched to them. */
  tutorId: string | null;
  tutorName: string | null;
  /** The wished time. */
  startsAt: Date | null;
  durationMinutes: number | null;
  mode: string | null;
  note: string;
  /** Other times were proposed, and the family hasn't answered. */
  proposed: boolean;
  since: Date;
}

const MOST = 200;

/** The oldest first: requests for a new session that nobody has answered, then matches without a session to come. */
export async function listUnplaced(db: Kysely<DB>, now: Date): Promise<Unplaced[]> {
  const { rows } = await sql<Unplaced>`
    SELECT w.*, concat_ws(' ', st.first_name, st.last_name) AS student_name, p.name AS program_name, sub.name AS subject_name,
           nullif(concat_ws(' ', t.first_name, t.last_name), '') AS tutor_name
    FROM (
      SELECT 'request' AS kind, id, student_id, program_id, subject_id, tutor_id, starts_at, duration_minutes, mode, note,
             status = 'proposed' AS proposed, created_at AS since
      FROM booking_request WHERE kind = 'new' AND status IN ('open', 'proposed')
      UNION ALL
      SELECT 'engagement', e.id, e.student_id, e.program_id, e.subject_id, e.tutor_id, NULL, e.default_minutes, NULL, e.notes,
             false, e.created_at
      FROM engagement e
      WHERE e.ends_on IS NULL AND NOT EXISTS (
        SELECT 1 FROM attendance a JOIN session s ON s.id = a.session_id
        WHERE a.student_id = e.student_id AND s.tutor_id = e.tutor_id AND s.subject_id = e.subject_id
          AND s.starts_at > ${now} AND s.status IN ('requested', 'scheduled')
      )
    ) w
    JOIN student st ON st.id = w.student_id JOIN program p ON p.id = w.program_id JOIN subject sub ON sub.id = w.subject_id
    LEFT JOIN tutor t ON t.id = w.tutor_id
    ORDER BY w.kind DESC, w.since, w.id
    LIMIT ${MOST}
  `.execute(db);
  return rows;
}
