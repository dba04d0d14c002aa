import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export const MAKE_UP_STATES = ['open', 'used', 'expired', 'given_up'] as const;
export type MakeUpState = (typeof MAKE_UP_STATES)[number];

export interface MakeUpRow {
  id: string;
  state: MakeUpState;
  studentId: string;
  studentName: string;
  /** The last day, YYYY-MM-DD in the organisation's zone. */
  expiresOn: string;
  minutes: number;
  programId: string;
  programName: string;
  subjectId: string;
  subjectName: string;
  tutorId: string;
  tutorName: string;
  /** Open, by which the student could make up for it: that of the missed session first. */
  engagementId: string | null;
  mode: string;
  location: string;
  /** Why it is to be made up for. */
  outcome: 'late_cancel' | 'no_show';
  missedId: string;
  missedAt: Date;
  missedEndsAt: Date;
  /** The session that makes up for it. */
  usedId: string | null;
  usedAt: Date | null;
  usedEndsAt: Date | null;
}

interface Filter {
  states?: readonly MakeUpState[] | undefined;
  studentIds?: readonly string[] | undefined;
  /** That concern this session: missed in it, or made up for by it. */
  sessionId?: string | undefined;
  id?: string | undefined;
  limit?: number | undefined;
}

/** What is to be made up for, or was: those that end soonest first. One statement. */
export async function listMakeUps(
  db: Kysely<DB>,
  { states, studentIds, sessionId, id, limit = 200 }: Filter,
): Promise<MakeUpRow[]> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (states) all.push(sql`m.state = ANY(${[...states]}::text[])`);
  if (studentIds) all.push(sql`m.student_id = ANY(${[...studentIds]}::uuid[])`);
  if (sessionId) all.push(sql`(missed.session_id = ${sessionId} OR used.session_id = ${sessionId})`);
  if (id) all.push(sql`m.id = ${id}`);
  const { rows } = await sql<MakeUpRow>`
    SELECT m.id, m.state, m.student_id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name, m.expires_on, m.minutes,
      m.program_id, p.name AS program_name, s.subject_id, b.name AS subject_name, s.tutor_id,
      concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name, (SELECT e.id FROM engagement e WHERE e.student_id = m.student_id AND e.program_id = m.program_id
        AND (e.ends_on IS NULL OR e.ends_on >= current_date)
        ORDER BY (e.id = s.engagement_id) DESC NULLS LAST, (e.tutor_id = s.tutor_id) DESC, e.id LIMIT 1) AS engagement_id, s.mode, s.location, missed.outcome,
      s.id AS missed_id, s.starts_at AS missed_at, s.ends_at AS missed_ends_at,
      u.id AS used_id, u.starts_at AS used_at, u.ends_at AS used_ends_at
    FROM make_up m JOIN attendance missed ON missed.id = m.attendance_id JOIN session s ON s.id = missed.session_id
    JOIN student st ON st.id = m.student_id JOIN program p ON p.id = m.program_id JOIN subject b ON b.id = s.subject_id
    JOIN tutor t ON t.id = s.tutor_id
    LEFT JOIN attendance used ON used.id = m.used_attendance_id LEFT JOIN session u ON u.id = used.session_id
    WHERE ${sql.join(all, sql` AND `)}
    ORDER BY m.state <> 'open', CASE WHEN m.state = 'open' THEN m.expires_on END, m.expires_on DESC, m.id LIMIT ${limit}`.execute(
    db,
  );
  return rows;
}

export interface MakingUp {
  makeUpId: string;
  sessionId: string;
  startsAt: Date;
  endsAt: Date;
  tutorName: string;
}

/** For each of these open make-ups, the planned sessions that could make up for it, the next first. One statement. */
export async function listMakingUp(db: Kysely<DB>, makeUpIds: readonly string[], now: Date): Promise<Map<string, MakingUp[]>> {
  if (makeUpIds.length === 0) return new Map();
  const { rows } = await sql<MakingUp>`
    SELECT m.id AS make_up_id, s.id AS session_id, s.starts_at, s.ends_at, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS tutor_name
    FROM make_up m JOIN attendance missed ON missed.id = m.attendance_id JOIN session gone ON gone.id = missed.session_id
    JOIN attendance a ON a.student_id = m.student_id AND a.outcome = 'planned'
    JOIN session s ON s.id = a.session_id AND s.status = 'scheduled' AND s.program_id = m.program_id AND s.starts_at > ${now}
      AND s.starts_at > gone.starts_at AND s.local_date <= m.expires_on AND s.duration_minutes >= m.minutes
    JOIN tutor t ON t.id = s.tutor_id
    WHERE m.id = ANY(${[...makeUpIds]}::uuid[]) AND m.state = 'open' AND NOT EXISTS (SELECT 1 FROM make_up o WHERE o.used_attendance_id = a.id)
    ORDER BY s.starts_at`.execute(db);
  return Map.groupBy(rows, (row) => row.makeUpId);
}
