import { type Kysely, sql } from 'kysely';
import type { Config } from '#config/env.ts';
import type { DB } from '#db/types.ts';
import { guestUrl } from './guest-link.server.ts';
import { getMeetingRules } from './save-meeting-rules.server.ts';

export interface GuestLink {
  attendanceId: string;
  joinPass: number;
  studentName: string;
  url: string;
  /** The student's address, else the payer's; null where neither is known. */
  mailTo: string | null;
  mailName: string;
  mailedAt: Date | null;
  /** The student can sign in themselves. */
  hasAccount: boolean;
}

/** The way in for each place that was not cancelled; none where the company has no guests. */
export async function listGuestLinks(
  db: Kysely<DB>,
  config: Pick<Config, 'keyRing' | 'origin'>,
  sessionId: string,
): Promise<GuestLink[]> {
  if (!(await getMeetingRules(db)).guest_links) return [];
  const { rows } = await sql<Omit<GuestLink, 'url'>>`
    SELECT a.id AS attendance_id, a.join_pass, trim(st.first_name || ' ' || st.last_name) AS student_name,
           coalesce(st.email, c.email) AS mail_to,
           CASE WHEN st.email IS NULL THEN c.name ELSE trim(st.first_name || ' ' || st.last_name) END AS mail_name,
           (SELECT max(m.created_at) FROM mail_message m
            WHERE m.session_id = a.session_id AND m.dedupe_key LIKE 'guest-link:' || a.id || ':' || a.join_pass || ':%') AS mailed_at,
           EXISTS (SELECT 1 FROM users u WHERE u.id = st.user_id AND u.disabled_at IS NULL) AS has_account
    FROM attendance a JOIN student st ON st.id = a.student_id JOIN client c ON c.id = a.client_id
    WHERE a.session_id = ${sessionId} AND a.outcome NOT IN ('cancelled', 'late_cancel')
    ORDER BY st.first_name, st.id`.execute(db);
  return rows.map((row) => ({ ...row, url: guestUrl(config, row) }));
}
