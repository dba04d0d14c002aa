import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import type { LeftOutPlace, Period } from './invoice-run.ts';

export interface UnbilledFilter extends Partial<Period> {
  clientId?: string;
  reason?: string;
  /** At most so many, newest first; all of them in order of time where absent. */
  limit?: number;
}

/**
 * Every place that is on no live invoice, and why: for any period, always true, because it is read from the places
 * themselves. What is settled and waits for a run is `ready`, or `late` where a run has covered its day already.
 */
export async function listUnbilled(db: Kysely<DB>, filter: UnbilledFilter): Promise<LeftOutPlace[]> {
  const { from = null, to = null, clientId = null, reason = null, limit = null } = filter;
  const { rows } = await sql<LeftOutPlace>`
    SELECT * FROM (
      SELECT a.id AS attendance_id, s.id AS session_id, s.ref AS session_ref, s.starts_at, s.local_date,
        st.ref AS student_ref, trim(st.first_name || ' ' || st.last_name) AS student_name,
        c.id AS client_id, c.name AS client_name, trim(t.first_name || ' ' || t.last_name) AS tutor_name,
        CASE
          WHEN w.id IS NOT NULL THEN CASE WHEN EXISTS (
            SELECT 1 FROM invoice_run r WHERE r.period_from <= s.local_date AND s.local_date < r.period_to
          ) THEN 'late' ELSE 'ready' END
          ELSE coalesce(a.left_out, CASE WHEN a.settled_at IS NULL THEN 'unclosed' ELSE 'credited' END)
        END AS reason,
        w.net
      FROM attendance a
      JOIN session s ON s.id = a.session_id
      JOIN student st ON st.id = a.student_id
      JOIN client c ON c.id = a.client_id
      JOIN tutor t ON t.id = s.tutor_id
      LEFT JOIN charge w ON w.attendance_id = a.id AND w.run_id IS NULL
      WHERE (${from}::date IS NULL OR s.local_date >= ${from}::date)
        AND (${to}::date IS NULL OR s.local_date < ${to}::date)
        AND (${clientId}::uuid IS NULL OR a.client_id = ${clientId}::uuid)
        AND NOT EXISTS (
          SELECT 1 FROM charge live WHERE live.attendance_id = a.id AND live.run_id IS NOT NULL AND live.reversed_at IS NULL)
    ) place
    WHERE ${reason}::text IS NULL OR reason = ${reason}::text
    ORDER BY starts_at, session_ref COLLATE "C", student_ref COLLATE "C"
    LIMIT ${limit}::bigint`.execute(db);
  return rows;
}

export interface UnbilledPackage {
  chargeId: string;
  ref: string;
  clientId: string;
  clientName: string;
  purchasedOn: string;
  net: bigint;
  /** Its day is in a run's period already: the next run takes it. */
  late: boolean;
}

/** Packages sold in the period that no run has billed. */
export async function listUnbilledPackages(db: Kysely<DB>, { from, to }: Period): Promise<UnbilledPackage[]> {
  const { rows } = await sql<UnbilledPackage>`
    SELECT c.id AS charge_id, l.ref, cl.id AS client_id, cl.name AS client_name, c.local_date AS purchased_on, c.net,
      EXISTS (SELECT 1 FROM invoice_run r WHERE r.period_from <= c.local_date AND c.local_date < r.period_to) AS late
    FROM charge c JOIN credit_lot l ON l.id = c.credit_lot_id JOIN client cl ON cl.id = c.client_id
    WHERE c.run_id IS NULL AND c.local_date >= ${from}::date AND c.local_date < ${to}::date
    ORDER BY c.local_date, l.ref COLLATE "C"`.execute(db);
  return rows;
}

/** Settled before this day and in no run's period: it stays unbilled until a run covers its day. */
export async function sumBefore(db: Kysely<DB>, day: string): Promise<{ count: number; net: bigint; first: string | null }> {
  const { rows } = await sql<{ count: number; net: bigint; first: string | null }>`
    SELECT count(*)::int AS count, coalesce(sum(c.net), 0)::bigint AS net, min(c.local_date) AS first
    FROM charge c
    WHERE c.run_id IS NULL AND c.local_date < ${day}::date
      AND NOT EXISTS (SELECT 1 FROM invoice_run r WHERE r.period_from <= c.local_date AND c.local_date < r.period_to)`.execute(
    db,
  );
  return rows[0] ?? { count: 0, net: 0n, first: null };
}
