import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface CourseRow {
  id: string;
  ref: string;
  name: string;
  description: string;
  /** Net in minor units for the whole of it; null: each session is charged by itself. */
  price: bigint | null;
  capacity: number;
  enrolUntil: string | null;
  inStorefront: boolean;
  archivedAt: Date | null;
  version: number;
  seriesId: string;
  tutorId: string;
  tutorName: string;
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  enrolled: number;
  waiting: number;
  /** Sessions that were not called off, and those of them still to come. */
  sessions: number;
  left: number;
  firstStartsAt: Date | null;
  lastStartsAt: Date | null;
  nextStartsAt: Date | null;
}

const ON = sql`x.status NOT IN ('declined', 'rescheduled') AND NOT EXISTS (
  SELECT 1 FROM cancellation k WHERE k.session_id = x.id AND k.student_id IS NULL)`;

async function readCourses(db: Kysely<DB>, now: Date, where: ReturnType<typeof sql>): Promise<CourseRow[]> {
  const { rows } = await sql<CourseRow>`
    SELECT c.id, c.ref, c.name, c.description, c.price, c.capacity, c.enrol_until::text AS enrol_until, c.in_storefront, c.archived_at, c.version,
      c.series_id, s.tutor_id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name, s.program_id, p.name AS program_name,
      s.subject_id, sub.name AS subject_name, x.*,
      (SELECT count(*)::int FROM course_enrolment e WHERE e.course_id = c.id AND e.left_at IS NULL) AS enrolled,
      (SELECT count(*)::int FROM waiting_list w WHERE w.series_id = c.series_id AND w.status IN ('waiting', 'offered')) AS waiting
    FROM course c JOIN series s ON s.id = c.series_id JOIN tutor t ON t.id = s.tutor_id JOIN program p ON p.id = s.program_id
    JOIN subject sub ON sub.id = s.subject_id
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS sessions, (count(*) FILTER (WHERE x.starts_at > ${now}))::int AS left, min(x.starts_at) AS first_starts_at,
        max(x.starts_at) AS last_starts_at, min(x.starts_at) FILTER (WHERE x.starts_at > ${now}) AS next_starts_at
      FROM session x WHERE x.series_id = c.series_id AND ${ON}
    ) x
    WHERE ${where}
    ORDER BY x.next_starts_at NULLS LAST, x.last_starts_at DESC, c.name`.execute(db);
  return rows;
}

export async function listCourses(db: Kysely<DB>, now: Date, { archived = false } = {}): Promise<CourseRow[]> {
  return readCourses(db, now, archived ? sql`c.archived_at IS NOT NULL` : sql`c.archived_at IS NULL`);
}

/** What the public page offers: not over, not archived, still taking in. @param today in the organisation's zone */
export async function listOpenCourses(db: Kysely<DB>, now: Date, today: string): Promise<CourseRow[]> {
  return readCourses(
    db,
    now,
    sql`c.archived_at IS NULL AND c.in_storefront AND x.left > 0 AND (c.enrol_until IS NULL OR c.enrol_until >= ${today}::date)`,
  );
}

/** @throws DomainError not_found */
export async function getCourse(db: Kysely<DB>, now: Date, id: string): Promise<CourseRow> {
  const [course] = await readCourses(db, now, sql`c.id = ${id}`);
  if (!course) throw new DomainError('not_found', 'This course does not exist.');
  return course;
}

export interface Enrolment {
  id: string;
  studentId: string;
  studentName: string;
  clientId: string;
  clientName: string;
  enrolledAt: Date;
  leftAt: Date | null;
  /** What it was sold for, net in minor units; null where each session is charged by itself. */
  price: bigint | null;
  lotRef: string | null;
  /** Hundredths of a credit of it that no session holds. */
  creditsLeft: bigint | null;
  /** On an invoice, issued or being issued. */
  invoiced: boolean;
}

/** Who is in a course and who was, by name; those in it first. */
export async function listEnrolments(db: Kysely<DB>, courseId: string): Promise<Enrolment[]> {
  const { rows } = await sql<Enrolment>`
    SELECT e.id, e.student_id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name, e.client_id, cl.name AS client_name,
      e.enrolled_at, e.left_at, l.price, l.ref AS lot_ref, a.balance AS credits_left,
      EXISTS (SELECT 1 FROM charge ch WHERE ch.credit_lot_id = l.id AND ch.run_id IS NOT NULL) AS invoiced
    FROM course_enrolment e JOIN student st ON st.id = e.student_id JOIN client cl ON cl.id = e.client_id
    LEFT JOIN credit_lot l ON l.id = e.credit_lot_id LEFT JOIN account a ON a.id = l.account_id
    WHERE e.course_id = ${courseId}
    ORDER BY e.left_at IS NOT NULL, st.first_name, st.last_name, e.enrolled_at`.execute(db);
  return rows;
}
