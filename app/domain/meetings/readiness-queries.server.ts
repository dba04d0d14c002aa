import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type Readiness, readinessSchema } from './readiness.ts';

export interface CheckedPerson {
  userId: string;
  name: string;
  isTutor: boolean;
  checkedAt: Date;
  ok: boolean;
  result: Readiness;
}

/** A check in general counts for a session so long; later much may have changed. */
const COUNTS_DAYS = 14;

/** The last check of each who belongs to a session, the tutor first: for this session, or in general not long before. */
export async function listReadiness(db: Kysely<DB>, sessionId: string, now: Date): Promise<CheckedPerson[]> {
  const { rows } = await sql<Omit<CheckedPerson, 'result'> & { result: unknown }>`
    WITH person AS (
      SELECT t.user_id, true AS is_tutor FROM session s JOIN tutor t ON t.id = s.tutor_id WHERE s.id = ${sessionId}
      UNION SELECT st.user_id, false FROM attendance a JOIN student st ON st.id = a.student_id
      WHERE a.session_id = ${sessionId} AND a.outcome NOT IN ('cancelled', 'late_cancel')
      UNION SELECT c.user_id, false FROM attendance a JOIN client c ON c.id = a.client_id
      WHERE a.session_id = ${sessionId} AND a.outcome NOT IN ('cancelled', 'late_cancel'))
    SELECT DISTINCT ON (p.is_tutor, u.id) u.id AS user_id, u.name, p.is_tutor, r.checked_at, r.ok, r.result
    FROM person p JOIN users u ON u.id = p.user_id JOIN readiness_check r ON r.user_id = u.id
    WHERE r.session_id = ${sessionId}
       OR (r.session_id IS NULL AND r.checked_at > ${now}::timestamptz - make_interval(days => ${COUNTS_DAYS}))
    ORDER BY p.is_tutor DESC, u.id, r.checked_at DESC`.execute(db);
  return rows.map((row) => ({ ...row, result: readinessSchema.parse(row.result) }));
}

/** Somebody's own last check for a session, or in general. */
export async function findOwnReadiness(
  db: Kysely<DB>,
  userId: string,
  sessionId: string | null,
): Promise<{ checkedAt: Date; ok: boolean; result: Readiness } | undefined> {
  const row = await db
    .selectFrom('readinessCheck')
    .select(['checkedAt', 'ok', 'result'])
    .where('userId', '=', userId)
    .where('sessionId', sessionId === null ? 'is' : '=', sessionId)
    .orderBy('checkedAt', 'desc')
    .executeTakeFirst();
  return row && { ...row, result: readinessSchema.parse(row.result) };
}

/** Where a session's room is, for a page that tries whether it can be reached; undefined where that is not known before. */
export async function findRoomOrigin(db: Kysely<DB>, sessionId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('meeting')
    .select('joinUrl')
    .where('sessionId', '=', sessionId)
    .where('state', '=', 'ready')
    .executeTakeFirst();
  const url = row?.joinUrl ? URL.parse(row.joinUrl) : null;
  return url?.protocol === 'https:' ? url.origin : undefined;
}
