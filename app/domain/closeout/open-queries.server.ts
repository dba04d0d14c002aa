import { type Kysely, sql } from 'kysely';
import { sessionConditions, sessionTables } from '#app/domain/scheduling/queries.server.ts';
import type { DB } from '#db/types.ts';

/** A session that is over and that nobody has closed out. */
export interface OpenCloseOut {
  id: string;
  ref: string;
  /** Its own title, or its subject. */
  lesson: string;
  programName: string;
  startsAt: Date;
  endsAt: Date;
  /** Without an address where they have left. */
  tutor: { id: string; name: string; address: string | null; phone: string | null; userId: string | null };
  /** The tutor's, for what is written to them. */
  locale: string | null;
  zone: string;
  students: string[];
  /** Its end, or when it was sent back: what it waits since. */
  waitsSince: Date;
  /** Whole minutes since then. */
  minutes: number;
  /** Sent back by the office: why. */
  sentBackReason: string | null;
  /** When its tutor was last reminded of it, since it waits. */
  toldAt: Date | null;
  officeToldAt: Date | null;
}

export interface OpenFilter {
  now: Date;
  tutorId?: string | undefined;
  programId?: string | undefined;
  text?: string | undefined;
  /** Waiting at least so long. */
  minutes?: number | undefined;
  limit?: number | undefined;
}

/** What waits for its tutor's close-out, the longest first. What completes itself is not waited for. */
export async function listOpenCloseOuts(db: Kysely<DB>, filter: OpenFilter): Promise<OpenCloseOut[]> {
  const { rows } = await sql<OpenCloseOut>`
    SELECT s.id, s.ref, coalesce(nullif(s.title, ''), sub.name) AS lesson, p.name AS program_name, s.starts_at, s.ends_at,
           jsonb_build_object('id', t.id, 'name', concat_ws(' ', t.first_name, t.last_name), 'phone', t.phone,
             'address', CASE WHEN t.archived_at IS NULL THEN coalesce(t.email, u.email) END, 'userId', t.user_id) AS tutor,
           coalesce(u.locale, t.locale) AS locale, coalesce(u.timezone, t.timezone) AS zone,
           ARRAY(SELECT concat_ws(' ', st.first_name, st.last_name) FROM attendance a JOIN student st ON st.id = a.student_id
                 WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel') ORDER BY st.first_name, st.id) AS students,
           ${WAITS_SINCE} AS waits_since,
           floor(extract(epoch FROM ${filter.now}::timestamptz - ${WAITS_SINCE}) / 60)::int AS minutes,
           CASE WHEN co.status = 'sent_back' THEN co.sent_back_reason END AS sent_back_reason,
           (SELECT max(c.sent_at) FROM close_out_chase c
            WHERE c.session_id = s.id AND c.step LIKE 'tutor:%' AND c.sent_at >= ${WAITS_SINCE}) AS told_at,
           (SELECT max(c.sent_at) FROM close_out_chase c
            WHERE c.session_id = s.id AND c.step = 'office' AND c.sent_at >= ${WAITS_SINCE}) AS office_told_at
    ${OPEN_TABLES} LEFT JOIN users u ON u.id = t.user_id
    WHERE ${openConditions(filter)}
    ORDER BY ${WAITS_SINCE}, s.id LIMIT ${filter.limit ?? 2000}`.execute(db);
  return rows;
}

/** How many they are, and the minutes that were planned for them. */
export async function sumOpenCloseOuts(db: Kysely<DB>, filter: OpenFilter): Promise<{ count: number; minutes: number }> {
  const { rows } = await sql<{ count: number; minutes: number }>`
    SELECT count(*)::int AS count, coalesce(sum(s.duration_minutes), 0)::int AS minutes
    ${OPEN_TABLES} WHERE ${openConditions(filter)}`.execute(db);
  return rows[0] ?? { count: 0, minutes: 0 };
}

const OPEN_TABLES = sql`${sessionTables} JOIN policy_version pv ON pv.id = s.policy_version_id
  LEFT JOIN close_out co ON co.session_id = s.id`;

const WAITS_SINCE = sql`greatest(s.ends_at, CASE WHEN co.status = 'sent_back' THEN co.sent_back_at END)`;

function openConditions({ now, tutorId, programId, text, minutes = 0 }: OpenFilter) {
  return sql`s.status = 'scheduled' AND s.ends_at <= ${now}
    AND ${WAITS_SINCE} <= ${now}::timestamptz - make_interval(mins => ${minutes})
    AND (co.session_id IS NOT NULL OR NOT (s.auto_complete AND pv.rules->>'completion' = 'auto'))
    AND EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.outcome NOT IN ('cancelled', 'late_cancel'))
    AND ${sessionConditions({ tutorId, programId, text })}`;
}
