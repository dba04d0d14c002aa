import { type Kysely, sql } from 'kysely';
import { capacityOf } from '#app/domain/scheduling/group-capacity.server.ts';
import type { DB } from '#db/types.ts';

export interface GroupOf {
  /** How many it takes. */
  places: number;
  seriesId: string | null;
  course: { id: string; name: string } | null;
}

/** What a session is as a group; undefined: it takes one student alone, and is of no series with more. */
export async function findGroup(db: Kysely<DB>, sessionId: string): Promise<GroupOf | undefined> {
  const session = await db
    .selectFrom('session')
    .leftJoin('course', 'course.seriesId', 'session.seriesId')
    .select(['session.capacity', 'programId', 'roomId', 'session.seriesId', 'course.id as courseId', 'course.name as courseName'])
    .where('session.id', '=', sessionId)
    .executeTakeFirst();
  if (!session) return undefined;
  const { places } = await capacityOf(db, session);
  if (places < 2) return undefined;
  const { courseId, courseName, seriesId } = session;
  return { places, seriesId, course: courseId && courseName ? { id: courseId, name: courseName } : null };
}

export interface OtherSession {
  id: string;
  startsAt: Date;
  endsAt: Date;
  tutorName: string;
  free: number;
}

const MOST = 50;

/** Sessions still to come of the same program and subject that have a place for a student, the next first. */
export async function listPlacesElsewhere(
  db: Kysely<DB>,
  { sessionId, studentId, now }: { sessionId: string; studentId: string; now: Date },
): Promise<OtherSession[]> {
  const { rows } = await sql<OtherSession>`
    SELECT * FROM (
      SELECT s.id, s.starts_at, s.ends_at, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name,
        (least(coalesce(s.capacity, p.capacity), coalesce((SELECT r.capacity FROM room r WHERE r.id = s.room_id), 500))
          - (SELECT count(*) FROM attendance a WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel')))::int AS free
      FROM session o JOIN session s ON s.program_id = o.program_id AND s.subject_id = o.subject_id AND s.id <> o.id
      JOIN program p ON p.id = s.program_id JOIN tutor t ON t.id = s.tutor_id
      WHERE o.id = ${sessionId} AND s.status = 'scheduled' AND s.starts_at > ${now}
        AND NOT EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.student_id = ${studentId})
    ) other WHERE free > 0 ORDER BY starts_at, id LIMIT ${MOST}`.execute(db);
  return rows;
}
