import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export interface TimeOffRow {
  id: string;
  tutorId: string;
  tutorName: string;
  startsAt: Date;
  endsAt: Date;
  /** In the zone it was said in; of whole days the end is the midnight after. */
  wallStart: string;
  wallEnd: string;
  zone: string;
  allDay: boolean;
  reason: string;
  status: string;
  decisionNote: string;
  decidedByName: string | null;
  decidedAt: Date | null;
  createdAt: Date;
  version: number;
  /** Planned sessions of the tutor that lie in it, the first ones. */
  sessions: { id: string; startsAt: Date; endsAt: Date; title: string; studentNames: string[] }[];
  sessionCount: number;
}

export interface TimeOffFilter {
  tutorId?: string;
  statuses?: readonly string[];
  /** Ending after: what is going on or to come. */
  endsAfter?: Date;
  endsBefore?: Date;
  order?: 'asc' | 'desc';
  limit?: number;
}

const SESSIONS_SHOWN = 20;

/** Time off by its start, each with the sessions it would hit: one statement. */
export async function listTimeOff(db: Kysely<DB>, filter: TimeOffFilter): Promise<TimeOffRow[]> {
  const all: RawBuilder<unknown>[] = [sql`true`];
  if (filter.tutorId) all.push(sql`o.tutor_id = ${filter.tutorId}`);
  if (filter.statuses) all.push(sql`o.status = ANY(${[...filter.statuses]}::text[])`);
  if (filter.endsAfter) all.push(sql`o.ends_at > ${filter.endsAfter}`);
  if (filter.endsBefore) all.push(sql`o.ends_at <= ${filter.endsBefore}`);
  const order = filter.order === 'desc' ? sql`DESC` : sql`ASC`;
  type Row = Omit<TimeOffRow, 'sessions'> & { sessions: (Omit<TimeOffRow['sessions'][number], 'startsAt' | 'endsAt'> & Ends)[] };
  interface Ends {
    startsAt: string;
    endsAt: string;
  }
  const { rows } = await sql<Row>`
    SELECT o.id, o.tutor_id, concat_ws(' ', t.first_name, t.last_name) AS tutor_name, o.starts_at, o.ends_at,
           to_char(o.wall_start, 'YYYY-MM-DD"T"HH24:MI') AS wall_start, to_char(o.wall_end, 'YYYY-MM-DD"T"HH24:MI') AS wall_end,
           o.zone, o.all_day, o.reason, o.status, o.decision_note, u.name AS decided_by_name, o.decided_at, o.created_at, o.version,
           hit.sessions, hit.session_count
    FROM time_off o JOIN tutor t ON t.id = o.tutor_id LEFT JOIN users u ON u.id = o.decided_by
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS session_count, coalesce(json_agg(json_build_object(
               'id', s.id, 'startsAt', s.starts_at, 'endsAt', s.ends_at, 'title', coalesce(nullif(s.title, ''), sub.name),
               'studentNames', ARRAY(SELECT concat_ws(' ', st.first_name, st.last_name) FROM attendance a JOIN student st ON st.id = a.student_id
                 WHERE a.session_id = s.id AND a.outcome = 'planned' ORDER BY 1)) ORDER BY s.starts_at) FILTER (WHERE s.rank <= ${SESSIONS_SHOWN}), '[]') AS sessions
      FROM (SELECT s.*, row_number() OVER (ORDER BY s.starts_at) AS rank FROM session s
            WHERE s.tutor_id = o.tutor_id AND s.status IN ('requested', 'scheduled') AND s.starts_at < o.ends_at AND s.ends_at > o.starts_at) s
      JOIN subject sub ON sub.id = s.subject_id
    ) hit
    WHERE ${sql.join(all, sql` AND `)}
    ORDER BY o.starts_at ${order}, o.id
    LIMIT ${filter.limit ?? 100}
  `.execute(db);
  return rows.map((row) => ({
    ...row,
    sessions: row.sessions.map((one) => ({ ...one, startsAt: new Date(one.startsAt), endsAt: new Date(one.endsAt) })),
  }));
}
