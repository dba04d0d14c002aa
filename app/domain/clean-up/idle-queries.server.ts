import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export const IDLE_KINDS = ['family', 'tutor'] as const;
export type IdleKind = (typeof IDLE_KINDS)[number];

export interface IdleRow {
  /** Of a family its client's. */
  id: string;
  ref: string;
  name: string;
  /** Of a family, how many students would be archived with it. */
  students: number;
  /** The day of the last session that wasn't called off; null: there was none. */
  lastOn: string | null;
}

/**
 * Active families and tutors without a session since a day (the organisation's), known since before it, and with nothing
 * ahead or asked for: what a yearly clean-up archives. Whoever was there longest without a session comes first.
 * @param only of these ids alone
 */
export async function listIdle(db: Kysely<DB>, kind: IdleKind, since: string, only?: readonly string[]): Promise<IdleRow[]> {
  const took = sql`s.status NOT IN ('cancelled', 'late_cancelled', 'declined', 'rescheduled')`;
  const among = only ? sql`AND p.id = ANY(${[...only]}::uuid[])` : sql``;
  const { rows } =
    kind === 'tutor'
      ? await sql<IdleRow>`
          SELECT p.id, p.ref, trim(p.first_name || ' ' || p.last_name) AS name, 0 AS students, last.day::text AS last_on
          FROM tutor p LEFT JOIN LATERAL (
            SELECT max(s.local_date) AS day FROM session s WHERE s.tutor_id = p.id AND ${took}) last ON true
          WHERE p.archived_at IS NULL AND p.created_at < ${since}::date AND p.status NOT IN ('applicant', 'onboarding')
            AND coalesce(last.day < ${since}::date, true) ${among}
            AND NOT EXISTS (SELECT 1 FROM series WHERE tutor_id = p.id AND ended_at IS NULL AND coalesce(until_on >= now()::date, occurrences IS NULL))
          ORDER BY last.day NULLS FIRST, name, p.id`.execute(db)
      : await sql<IdleRow>`
          SELECT p.id, p.ref, p.name, last.day::text AS last_on,
                 (SELECT count(*)::int FROM student WHERE client_id = p.id AND archived_at IS NULL) AS students
          FROM client p LEFT JOIN LATERAL (
            SELECT max(s.local_date) AS day FROM attendance a JOIN session s ON s.id = a.session_id
            WHERE (a.client_id = p.id OR a.student_id IN (SELECT id FROM student WHERE client_id = p.id)) AND ${took}) last ON true
          WHERE p.archived_at IS NULL AND p.created_at < ${since}::date AND coalesce(last.day < ${since}::date, true) ${among}
            AND NOT EXISTS (SELECT 1 FROM request r WHERE r.client_id = p.id AND r.closed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM booking_request b WHERE b.client_id = p.id AND b.status IN ('open', 'proposed'))
            AND NOT EXISTS (SELECT 1 FROM account a WHERE a.client_id = p.id AND a.kind IN ('asset', 'liability') AND a.balance <> 0)
            AND NOT EXISTS (SELECT 1 FROM student_guardian g WHERE g.client_id = p.id)
          ORDER BY last.day NULLS FIRST, p.name, p.id`.execute(db);
  return rows;
}
