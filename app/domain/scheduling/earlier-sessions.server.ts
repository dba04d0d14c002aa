import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface EarlierSession {
  id: string;
  startsAt: Date;
  endsAt: Date;
  title: string;
  tutorId: string;
  tutorName: string;
  subjectName: string;
  /** The asked-for students who were in it, with what was said of each. */
  students: { studentId: string; name: string; outcome: string; note: string }[];
  notes: string;
  homework: string;
  nextTopics: string;
}

interface Which {
  studentIds: readonly string[];
  before: Date;
  /** With this tutor alone. */
  tutorId?: string | undefined;
  limit?: number;
}

/** The closed-out sessions of these students before an instant, the latest first: where they left off. No private notes. */
export async function listEarlierSessions(
  db: Kysely<DB>,
  { studentIds, before, tutorId, limit = 5 }: Which,
): Promise<EarlierSession[]> {
  if (studentIds.length === 0) return [];
  const ids = [...studentIds];
  const ofTutor = tutorId === undefined ? sql`` : sql`AND s.tutor_id = ${tutorId}`;
  const { rows } = await sql<EarlierSession>`
    SELECT s.id, s.starts_at, s.ends_at, s.title, s.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, sub.name AS subject_name,
      (SELECT json_agg(json_build_object('studentId', a.student_id, 'name', concat_ws(' ', st.first_name, st.last_name),
                'outcome', a.outcome, 'note', a.note) ORDER BY st.ref COLLATE "C")
       FROM attendance a JOIN student st ON st.id = a.student_id
       WHERE a.session_id = s.id AND a.student_id = ANY(${ids}::uuid[])) AS students,
      c.notes, c.homework, c.next_topics
    FROM session s JOIN close_out c ON c.session_id = s.id JOIN tutor t ON t.id = s.tutor_id JOIN subject sub ON sub.id = s.subject_id
    WHERE c.status <> 'sent_back' AND s.status IN ('closed_out', 'approved', 'no_show') AND s.starts_at < ${before} ${ofTutor}
      AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.student_id = ANY(${ids}::uuid[]))
    ORDER BY s.starts_at DESC, s.id LIMIT ${limit}
  `.execute(db);
  return rows;
}
