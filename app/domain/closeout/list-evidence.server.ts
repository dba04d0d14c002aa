import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { Evidence } from './evidence.ts';

/**
 * Who was seen in these online sessions, or came by our link; by the session's id, of those of which anything is known. A
 * provider's report is more than its events were, and takes their place. One statement.
 */
export async function listEvidence(db: Kysely<DB>, sessionIds: readonly string[]): Promise<Map<string, Evidence>> {
  if (sessionIds.length === 0) return new Map();
  const ids = [...sessionIds];
  const { rows } = await sql<{ sessionId: string; who: string | null; from: Date | null; to: Date | null }>`
    SELECT s.id AS session_id,
           CASE WHEN seen.user_id = t.user_id THEN 'tutor' ELSE coalesce(seen.attendance_id, own.id)::text END AS who,
           seen.from, seen.to
    FROM (
      SELECT p.session_id, p.user_id, p.attendance_id, p.joined_at AS from, coalesce(p.left_at, m.ended_at) AS to
      FROM meeting_presence p LEFT JOIN meeting m ON m.session_id = p.session_id
      WHERE p.session_id = ANY(${ids}::uuid[])
        AND (p.source <> 'webhook' OR NOT EXISTS (SELECT 1 FROM meeting_presence r WHERE r.session_id = p.session_id AND r.source = 'report'))
      UNION ALL
      SELECT j.session_id, j.user_id, j.attendance_id, NULL, NULL FROM meeting_join j
      WHERE j.session_id = ANY(${ids}::uuid[]) AND j.role <> 'office'
    ) seen
    JOIN session s ON s.id = seen.session_id AND s.mode = 'online' JOIN tutor t ON t.id = s.tutor_id
    LEFT JOIN LATERAL (SELECT a.id FROM attendance a JOIN student st ON st.id = a.student_id
                       WHERE a.session_id = s.id AND st.user_id = seen.user_id LIMIT 1) own ON true
    ORDER BY s.id, seen.from`.execute(db);
  const found = new Map<string, { stays: Evidence['stays'][number][]; joins: string[]; strangers: boolean }>();
  for (const { sessionId, who, from, to } of rows) {
    const one = found.get(sessionId) ?? { stays: [], joins: [], strangers: false };
    found.set(sessionId, one);
    if (from) one.stays.push({ who, from, to: to && to > from ? to : null });
    else if (who) one.joins.push(who);
    // A parent who opened the room for a child, and anybody whom the provider doesn't know by name.
    if (who === null) one.strangers = true;
  }
  return found;
}
