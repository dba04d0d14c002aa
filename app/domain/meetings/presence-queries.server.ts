import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/** One time somebody came by our link. */
export interface JoinRow {
  userId: string | null;
  attendanceId: string | null;
  name: string;
  /** tutor, student, client, office or guest */
  role: string;
  joinedAt: Date;
}

/** One stay in the room, as the provider or our classroom saw it. */
export interface StayRow {
  userId: string | null;
  attendanceId: string | null;
  personKey: string;
  name: string;
  joinedAt: Date;
  leftAt: Date | null;
}

export interface PresenceOfSession {
  tutor: { userId: string | null; name: string };
  /** Those that were not cancelled. */
  places: { attendanceId: string; name: string }[];
  joins: JoinRow[];
  stays: StayRow[];
  /** When the room closed, as the provider tells; null: not told. */
  endedAt: Date | null;
}

/** Who was there, from both sides. A provider's report is more than its events were, and takes their place. */
export async function findPresence(db: Kysely<DB>, sessionId: string): Promise<PresenceOfSession | undefined> {
  const { rows } = await sql<PresenceOfSession>`
    SELECT jsonb_build_object('userId', t.user_id, 'name', trim(t.first_name || ' ' || t.last_name)) AS tutor,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('attendanceId', a.id, 'name', trim(st.first_name || ' ' || st.last_name))
                     ORDER BY st.first_name, st.id), '[]')
            FROM attendance a JOIN student st ON st.id = a.student_id
            WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel')) AS places,
           m.ended_at
    FROM session s JOIN tutor t ON t.id = s.tutor_id LEFT JOIN meeting m ON m.session_id = s.id
    WHERE s.id = ${sessionId}`.execute(db);
  const [session] = rows;
  if (!session) return undefined;
  const { rows: joins } = await sql<JoinRow>`
    SELECT j.user_id, j.role, j.joined_at, coalesce(u.name, j.guest_name, 'Somebody') AS name,
           coalesce(j.attendance_id, (SELECT a.id FROM attendance a JOIN student st ON st.id = a.student_id
                                      WHERE a.session_id = j.session_id AND st.user_id = j.user_id LIMIT 1)) AS attendance_id
    FROM meeting_join j LEFT JOIN users u ON u.id = j.user_id
    WHERE j.session_id = ${sessionId} ORDER BY j.joined_at, j.id`.execute(db);
  const { rows: stays } = await sql<StayRow>`
    SELECT p.user_id, p.attendance_id, p.person_key, coalesce(nullif(p.name, ''), 'Somebody') AS name, p.joined_at, p.left_at
    FROM meeting_presence p
    WHERE p.session_id = ${sessionId}
      AND (p.source <> 'webhook' OR NOT EXISTS (SELECT 1 FROM meeting_presence r WHERE r.session_id = p.session_id AND r.source = 'report'))
    ORDER BY p.joined_at, p.id`.execute(db);
  return { ...session, joins, stays };
}
