import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** What a tutor goes through before a session. Of each student what was said last time, by this tutor alone; no private notes. */
export interface Preparation {
  sessionId: string;
  plan: string;
  questions: { body: string; askedBy: string | null }[];
  materials: { title: string; url: string }[];
  /** What families sent for it. */
  files: { id: string; name: string }[];
  students: PreparedStudent[];
}

export interface PreparedStudent {
  studentId: string;
  name: string;
  /** The session before it that was closed out, of the same subject where there is one. */
  last: {
    sessionId: string;
    startsAt: Date;
    notes: string;
    note: string;
    nextTopics: string;
    homework: string;
    homeworkDueOn: string | null;
    homeworkDoneAt: Date | null;
    homeworkAnswer: string;
    answers: { id: string; name: string }[];
  } | null;
  /** What is worked towards in this subject, and how far it was last: 1 to 5. */
  goals: { title: string; dueOn: string | null; rating: number | null }[];
}

type Told = Omit<Preparation, 'students'> & {
  students: (Omit<PreparedStudent, 'last'> & {
    last:
      | (Omit<NonNullable<PreparedStudent['last']>, 'startsAt' | 'homeworkDoneAt'> & {
          startsAt: string;
          homeworkDoneAt: string | null;
        })
      | null;
  })[];
};

/** @param sessionIds of this tutor; the answer comes by their start, one statement whatever their number. */
export async function listPreparation(
  db: Kysely<DB>,
  { tutorId, sessionIds }: { tutorId: string; sessionIds: readonly string[] },
): Promise<Preparation[]> {
  if (sessionIds.length === 0) return [];
  const { rows } = await sql<Told>`
    SELECT s.id AS session_id, s.plan,
      (SELECT coalesce(json_agg(json_build_object('body', q.body, 'askedBy', u.name) ORDER BY q.created_at), '[]')
       FROM session_question q LEFT JOIN users u ON u.id = q.asked_by WHERE q.session_id = s.id) AS questions,
      (SELECT coalesce(json_agg(json_build_object('title', m.title, 'url', m.url) ORDER BY m.created_at), '[]')
       FROM session_material m WHERE m.session_id = s.id AND m.phase = 'before') AS materials,
      (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name) ORDER BY f.created_at), '[]')
       FROM session_file f WHERE f.session_id = s.id AND f.kind = 'material') AS files,
      (SELECT coalesce(json_agg(json_build_object('studentId', st.id, 'name', concat_ws(' ', st.first_name, nullif(st.last_name, '')),
                'last', ${lastOf}, 'goals', ${goalsOf}) ORDER BY st.ref COLLATE "C"), '[]')
       FROM attendance a JOIN student st ON st.id = a.student_id
       WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel')) AS students
    FROM session s
    WHERE s.tutor_id = ${tutorId} AND s.id = ANY(${[...sessionIds]}::uuid[])
    ORDER BY s.starts_at, s.id`.execute(db);
  return rows.map((row) => ({
    ...row,
    students: row.students.map(({ last, ...student }) => ({
      ...student,
      last: last && {
        ...last,
        startsAt: new Date(last.startsAt),
        homeworkDoneAt: last.homeworkDoneAt === null ? null : new Date(last.homeworkDoneAt),
      },
    })),
  }));
}

/** Of student `st` before session `s`. */
const lastOf = sql`(
  SELECT json_build_object('sessionId', ls.id, 'startsAt', ls.starts_at, 'notes', c.notes, 'note', la.note, 'nextTopics', c.next_topics,
    'homework', coalesce(nullif(la.homework, ''), c.homework), 'homeworkDueOn', c.homework_due_on, 'homeworkDoneAt', la.homework_done_at,
    'homeworkAnswer', la.homework_answer,
    'answers', (SELECT coalesce(json_agg(json_build_object('id', f.id, 'name', f.name) ORDER BY f.created_at), '[]')
                FROM session_file f WHERE f.session_id = ls.id AND f.kind = 'answer' AND f.student_id = st.id))
  FROM attendance la JOIN session ls ON ls.id = la.session_id JOIN close_out c ON c.session_id = ls.id
  WHERE la.student_id = st.id AND la.outcome NOT IN ('cancelled', 'late_cancel') AND ls.tutor_id = s.tutor_id AND ls.starts_at < s.starts_at
    AND c.status <> 'sent_back' AND ls.status IN ('closed_out', 'approved', 'no_show')
  ORDER BY (ls.subject_id = s.subject_id) DESC, ls.starts_at DESC, ls.id LIMIT 1)`;

const goalsOf = sql`(
  SELECT coalesce(json_agg(json_build_object('title', g.title, 'dueOn', g.due_on,
    'rating', (SELECT r.rating FROM goal_rating r WHERE r.goal_id = g.id ORDER BY r.rated_on DESC, r.created_at DESC LIMIT 1))
    ORDER BY g.position, g.created_at), '[]')
  FROM goal g WHERE g.student_id = st.id AND g.status = 'open' AND (g.subject_id IS NULL OR g.subject_id = s.subject_id))`;
