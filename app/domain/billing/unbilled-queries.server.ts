import { type Kysely, sql } from 'kysely';
import { waivedOf } from '#app/domain/make-ups/waived-words.ts';
import type { DB } from '#db/types.ts';
import type { ChargeKind, LeftOutPlace, Period } from './invoice-run.ts';
import { covered, held, inScope, unclaimedLines } from './run-scope.server.ts';
import { EVERYBODY, type RunScope } from './run-scope.ts';

export interface UnbilledFilter extends Partial<Period> {
  clientId?: string;
  scope?: RunScope;
  reason?: string;
  /** At most so many, newest first; all of them in order of time where absent. */
  limit?: number;
}

/**
 * Every place that is on no live invoice, and why: for any period, always true, because it is read from the places
 * themselves. What is settled and waits for a run is `ready`, or `late` where a run has covered its day already.
 */
export async function listUnbilled(db: Kysely<DB>, filter: UnbilledFilter): Promise<LeftOutPlace[]> {
  const { from = null, to = null, clientId = null, reason = null, limit = null, scope = EVERYBODY } = filter;
  const { rows } = await sql<Omit<LeftOutPlace, 'waived'> & Parameters<typeof waivedOf>[0]>`
    SELECT * FROM (
      SELECT k.attendance_id, k.session_id, k.session_ref, k.starts_at, k.local_date, k.student_ref, k.student_name,
        k.client_id, k.client_name, k.tutor_name, k.net, k.waived_as, k.free_term, k.make_up_state, k.make_up_until,
        CASE
          WHEN k.net IS NULL THEN coalesce(k.left_out, CASE WHEN k.settled_at IS NULL THEN 'unclosed' ELSE 'credited' END)
          WHEN ${held} THEN 'held' WHEN ${covered} THEN 'late' ELSE 'ready'
        END AS reason
      FROM (
        SELECT a.id AS attendance_id, s.id AS session_id, s.ref AS session_ref, s.starts_at, s.local_date,
          s.program_id, a.billing_install_id AS install_id, a.left_out, a.settled_at,
          st.ref AS student_ref, trim(st.first_name || ' ' || st.last_name) AS student_name,
          c.id AS client_id, c.name AS client_name, trim(t.first_name || ' ' || t.last_name) AS tutor_name, w.net,
          a.waived_as, (SELECT name FROM term WHERE id = a.waived_term_id) AS free_term, m.state AS make_up_state, m.expires_on AS make_up_until
        FROM attendance a
        JOIN session s ON s.id = a.session_id
        JOIN student st ON st.id = a.student_id
        JOIN client c ON c.id = a.client_id
        JOIN tutor t ON t.id = s.tutor_id
        LEFT JOIN charge w ON w.attendance_id = a.id AND w.run_id IS NULL
        LEFT JOIN make_up m ON m.attendance_id = a.id
        WHERE (${from}::date IS NULL OR s.local_date >= ${from}::date)
          AND (${to}::date IS NULL OR s.local_date < ${to}::date)
          AND (${clientId}::uuid IS NULL OR a.client_id = ${clientId}::uuid)
          AND NOT EXISTS (
            SELECT 1 FROM charge live WHERE live.attendance_id = a.id AND live.run_id IS NOT NULL AND live.reversed_at IS NULL)
      ) k
      WHERE ${inScope(scope)}
    ) place
    WHERE ${reason}::text IS NULL OR reason = ${reason}::text
    ORDER BY starts_at, session_ref COLLATE "C", student_ref COLLATE "C"
    LIMIT ${limit}::bigint`.execute(db);
  return rows.map(({ waivedAs, freeTerm, makeUpState, makeUpUntil, ...place }) => ({
    ...place,
    waived: waivedOf({ waivedAs, freeTerm, makeUpState, makeUpUntil }),
  }));
}

export interface UnbilledLine {
  chargeId: string;
  kind: ChargeKind;
  ref: string;
  description: string;
  clientId: string;
  clientName: string;
  localDate: string;
  net: bigint;
  /** held, late (its day is in a run's period already: the next run takes it) or ready. */
  reason: 'held' | 'late' | 'ready';
}

/** What is no session's and waits for a run: packages sold, extra lines, discounts, fees of the period. */
export async function listUnbilledLines(db: Kysely<DB>, { from, to }: Period): Promise<UnbilledLine[]> {
  const { rows } = await sql<UnbilledLine>`
    SELECT k.charge_id, k.kind, k.ref, k.description, cl.id AS client_id, cl.name AS client_name, k.local_date, k.net,
      CASE WHEN ${held} THEN 'held' WHEN ${covered} THEN 'late' ELSE 'ready' END AS reason
    FROM ${unclaimedLines} k JOIN client cl ON cl.id = k.client_id
    WHERE k.attendance_id IS NULL AND k.local_date >= ${from}::date AND k.local_date < ${to}::date
    ORDER BY k.local_date, k.ref COLLATE "C", k.charge_id`.execute(db);
  return rows;
}

/** Settled before this day, in no run's period and not held: it stays unbilled until a run covers its day. */
export async function sumBefore(
  db: Kysely<DB>,
  day: string,
  scope: RunScope = EVERYBODY,
): Promise<{ count: number; net: bigint; first: string | null }> {
  const { rows } = await sql<{ count: number; net: bigint; first: string | null }>`
    SELECT count(*)::int AS count, coalesce(sum(k.net), 0)::bigint AS net, min(k.local_date) AS first
    FROM ${unclaimedLines} k
    WHERE k.local_date < ${day}::date AND ${inScope(scope)} AND NOT ${held} AND NOT ${covered}`.execute(db);
  return rows[0] ?? { count: 0, net: 0n, first: null };
}
