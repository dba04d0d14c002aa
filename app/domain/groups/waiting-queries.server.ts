import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface Waiting {
  id: string;
  sessionId: string | null;
  seriesId: string | null;
  courseId: string | null;
  /** What they wait for: the session's, the series' or the course's name. */
  what: string;
  studentId: string;
  studentName: string;
  clientId: string;
  clientName: string;
  status: 'waiting' | 'offered' | 'placed' | 'left';
  note: string;
  joinedAt: Date;
  offeredAt: Date | null;
  /** The next session of it, if any. */
  startsAt: Date | null;
  endsAt: Date | null;
  /** Places that are free now, in the fullest session still to come. */
  free: number;
}

/** Seats of a session: its own number over the program's, never more than the room has. */
const SEATS = sql`least(coalesce(s.capacity, p.capacity), coalesce((SELECT r.capacity FROM room r WHERE r.id = s.room_id), 500))`;
const SITTING = sql`(SELECT count(*)::int FROM attendance a WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel'))`;

const listWhere = async (db: Kysely<DB>, now: Date, where: ReturnType<typeof sql>): Promise<Waiting[]> => {
  const { rows } = await sql<Waiting>`
    SELECT w.id, w.session_id, w.series_id, c.id AS course_id, w.student_id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name,
      st.client_id, cl.name AS client_name, w.status, w.note, w.joined_at, w.offered_at,
      coalesce(c.name, next.title, '') AS what, next.starts_at, next.ends_at, greatest(coalesce(next.free, 0), 0) AS free
    FROM waiting_list w JOIN student st ON st.id = w.student_id JOIN client cl ON cl.id = st.client_id
    LEFT JOIN course c ON c.series_id = w.series_id
    LEFT JOIN LATERAL (
      SELECT min(s.starts_at) AS starts_at, (array_agg(s.ends_at ORDER BY s.starts_at))[1] AS ends_at,
        (array_agg(coalesce(nullif(s.title, ''), sub.name) ORDER BY s.starts_at))[1] AS title,
        min(${SEATS} - ${SITTING})::int AS free
      FROM session s JOIN program p ON p.id = s.program_id JOIN subject sub ON sub.id = s.subject_id
      WHERE (s.id = w.session_id OR s.series_id = w.series_id) AND s.starts_at > ${now}
        AND s.status NOT IN ('declined', 'rescheduled', 'requested')
        AND NOT EXISTS (SELECT 1 FROM cancellation x WHERE x.session_id = s.id AND x.student_id IS NULL)
    ) next ON true
    WHERE ${where}
    ORDER BY w.joined_at, w.id`.execute(db);
  return rows;
};

/** Who waits for a session (its series' list too) or a series, the longest waiting first. */
export async function listWaiting(
  db: Kysely<DB>,
  now: Date,
  { sessionId = null, seriesId = null }: { sessionId?: string | null; seriesId?: string | null },
): Promise<Waiting[]> {
  return listWhere(
    db,
    now,
    sql`w.status IN ('waiting', 'offered') AND (w.session_id = ${sessionId} OR w.series_id = ${seriesId})`,
  );
}

/** Those for whom a place is free, all over: what the office should see. */
export async function listPlaceable(db: Kysely<DB>, now: Date): Promise<Waiting[]> {
  return listWhere(db, now, sql`w.status IN ('waiting', 'offered') AND next.free > 0`);
}

/** @throws DomainError not_found */
export async function getWaiting(db: Kysely<DB>, now: Date, id: string): Promise<Waiting> {
  const [row] = await listWhere(db, now, sql`w.id = ${id}`);
  if (!row) throw new DomainError('not_found', 'This entry of a waiting list is not there.');
  return row;
}
