import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** One student's place in a session that was closed out, with what was written of it; no private note. */
export interface ProgressEntry {
  attendanceId: string;
  sessionId: string;
  studentId: string;
  studentName: string;
  startsAt: Date;
  endsAt: Date;
  /** Its own title, or the subject's name. */
  title: string;
  subjectName: string;
  tutorName: string;
  outcome: string;
  notes: string;
  /** Of this student alone. */
  note: string;
  /** A few sentences for the family. */
  summary: string;
  nextTopics: string;
  /** The student's own where there is one, else everybody's. */
  homework: string;
  homeworkDueOn: string | null;
  homeworkDoneAt: Date | null;
  homeworkDoneBy: string | null;
  /** What the student says to it. */
  homeworkAnswer: string;
}

interface Which {
  studentIds: readonly string[];
  /** Of this session alone. */
  sessionId?: string;
  limit?: number;
  offset?: number;
}

/** A close-out that holds, of a session that was not called off: what the office has not sent back. */
const CLOSED_OUT = sql`co.status <> 'sent_back' AND s.status IN ('closed_out', 'approved', 'no_show', 'tutor_no_show')`;

/** What holds for this student: their own homework, else everybody's. */
const HOMEWORK = sql<string>`coalesce(a.homework, co.homework)`;

const LEFT: RawBuilder<unknown> = sql`('cancelled', 'late_cancel')`;

/** What was done with these students, the latest first. */
export async function listProgress(db: Kysely<DB>, which: Which): Promise<ProgressEntry[]> {
  return entries(db, which, sql`true`, sql`s.starts_at DESC`);
}

/** Homework given or due since an instant that is still to be done, what is due first on top. */
export async function listHomeworkToDo(db: Kysely<DB>, which: Which & { since: Date }): Promise<ProgressEntry[]> {
  const fresh = sql`(s.starts_at >= ${which.since} OR co.homework_due_on >= (${which.since}::timestamptz)::date)`;
  const open = sql`${HOMEWORK} <> '' AND a.homework_done_at IS NULL AND ${fresh}`;
  return entries(db, which, open, sql`co.homework_due_on NULLS LAST, s.starts_at`);
}

async function entries(
  db: Kysely<DB>,
  { studentIds, sessionId, limit = 10, offset = 0 }: Which,
  and: RawBuilder<unknown>,
  order: RawBuilder<unknown>,
): Promise<ProgressEntry[]> {
  if (studentIds.length === 0) return [];
  const { rows } = await sql<ProgressEntry>`
    SELECT a.id AS attendance_id, s.id AS session_id, a.student_id, concat_ws(' ', st.first_name, st.last_name) AS student_name,
           s.starts_at, s.ends_at, coalesce(nullif(s.title, ''), sub.name) AS title, sub.name AS subject_name,
           concat_ws(' ', t.first_name, t.last_name) AS tutor_name, a.outcome, co.notes, a.note, co.summary, co.next_topics,
           ${HOMEWORK} AS homework, co.homework_due_on, a.homework_done_at, done.name AS homework_done_by, a.homework_answer
    FROM attendance a JOIN session s ON s.id = a.session_id JOIN close_out co ON co.session_id = s.id
         JOIN student st ON st.id = a.student_id JOIN subject sub ON sub.id = s.subject_id JOIN tutor t ON t.id = s.tutor_id
         LEFT JOIN users done ON done.id = a.homework_done_by
    WHERE a.student_id = ANY(${[...studentIds]}::uuid[]) AND a.outcome NOT IN ${LEFT} AND ${CLOSED_OUT} AND ${and}
          AND ${sessionId === undefined ? sql`true` : sql`s.id = ${sessionId}`}
    ORDER BY ${order}, s.id, a.student_id LIMIT ${limit} OFFSET ${offset}`.execute(db);
  return rows;
}

export interface AttendanceSum {
  outcome: string;
  lessons: number;
  minutes: number;
}

/** How often a student came since an instant, by outcome; what is still to come or to be closed out counts nowhere. */
export async function sumAttendance(db: Kysely<DB>, studentId: string, since: Date): Promise<AttendanceSum[]> {
  const { rows } = await sql<AttendanceSum>`
    SELECT a.outcome, count(*)::int AS lessons,
           coalesce(sum(coalesce(co.actual_minutes, s.duration_minutes)) FILTER (WHERE a.outcome = 'attended'), 0)::int AS minutes
    FROM attendance a JOIN session s ON s.id = a.session_id LEFT JOIN close_out co ON co.session_id = s.id
    WHERE a.student_id = ${studentId} AND s.starts_at >= ${since} AND a.outcome <> 'planned'
          AND s.status NOT IN ('requested', 'declined', 'rescheduled') AND (co.session_id IS NULL OR co.status <> 'sent_back')
    GROUP BY a.outcome ORDER BY a.outcome`.execute(db);
  return rows;
}

export interface Pupil {
  id: string;
  name: string;
}

/** Their names, in the order of these. */
export async function listPupils(db: Kysely<DB>, studentIds: readonly string[]): Promise<Pupil[]> {
  if (studentIds.length === 0) return [];
  const { rows } = await sql<Pupil>`
    SELECT id, concat_ws(' ', first_name, last_name) AS name FROM student
    WHERE id = ANY(${[...studentIds]}::uuid[]) AND archived_at IS NULL ORDER BY first_name, id`.execute(db);
  return rows;
}
