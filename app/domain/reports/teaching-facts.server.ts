import { type RawBuilder, sql } from 'kysely';
import type { ReportScope } from './teaching.ts';

/** A column is of the one asked for; `none`: of nobody. */
export function belongsTo(column: RawBuilder<unknown>, wanted: string | null): RawBuilder<unknown> {
  if (wanted === null) return sql`true`;
  return wanted === 'none' ? sql`${column} IS NULL` : sql`${column} = ${wanted}::uuid`;
}

/**
 * Every fact a report about teaching adds up, one row each: a session's minutes, what its places brought in by charges and credits, a charge
 * of no place, a pay item. What lies behind a sum is read from the same rows as the sum itself, so the two can't differ.
 *
 * Columns: source, source_id, local_date, session_id, tutor_id, program_id, subject_id (NULL where it belongs to no session),
 * sessions, minutes, student_minutes, invoiced, unbilled, credits, wages, mileage, other_pay.
 */
export function teachingFacts({ from, to, tutorId, programId, subjectId }: ReportScope): RawBuilder<unknown> {
  const within = (day: RawBuilder<unknown>) => sql`${day} >= ${from}::date AND ${day} < ${to}::date`;
  const scoped = (tutor: RawBuilder<unknown>, program: RawBuilder<unknown> = sql`s.program_id`) =>
    sql`${belongsTo(tutor, tutorId)} AND ${belongsTo(program, programId)} AND ${belongsTo(sql`s.subject_id`, subjectId)}`;
  const ofSession = sql`${within(sql`s.local_date`)} AND ${scoped(sql`s.tutor_id`)}`;
  // Session by session through the indexes: joined as the planner likes, a month reads every place there ever was.
  return sql`
    SELECT 'session' AS source, s.id AS source_id, s.local_date, s.id AS session_id, s.tutor_id, s.program_id, s.subject_id,
      CASE WHEN s.settled_at IS NOT NULL AND p.there > 0 THEN 1 ELSE 0 END AS sessions,
      CASE WHEN s.settled_at IS NOT NULL AND p.there > 0 THEN o.minutes ELSE 0 END AS minutes,
      CASE WHEN s.settled_at IS NOT NULL THEN p.minutes ELSE 0 END AS student_minutes,
      p.invoiced, p.unbilled, p.credits, 0::bigint AS wages, 0::bigint AS mileage, 0::bigint AS other_pay
    FROM session s,
      LATERAL (
        SELECT count(*) FILTER (WHERE a.outcome = 'attended') AS there,
          coalesce(sum(coalesce(a.minutes, s.duration_minutes)) FILTER (WHERE a.outcome = 'attended'), 0) AS minutes,
          coalesce(sum(c.net) FILTER (WHERE c.run_id IS NOT NULL), 0)::bigint AS invoiced,
          coalesce(sum(c.net) FILTER (WHERE c.run_id IS NULL), 0)::bigint AS unbilled,
          -- A place with a charge took no credits.
          coalesce(sum(CASE WHEN a.left_out IS NOT NULL AND a.settled_at IS NOT NULL THEN (
            SELECT sum(lot.cost) FROM (
              SELECT round(-sum(e.amount) * (k.price + k.moved_price) / nullif(k.credits + k.moved_credits, 0)) AS cost
              FROM ledger_transaction t JOIN ledger_entry e ON e.transaction_id = t.id JOIN credit_lot k ON k.account_id = e.account_id
              WHERE t.attendance_id = a.id GROUP BY k.id
            ) lot) END), 0)::bigint AS credits
        FROM attendance a,
          LATERAL (SELECT max(net) AS net, max(run_id::text) AS run_id FROM charge
            WHERE attendance_id = a.id AND reversed_at IS NULL OFFSET 0) c
        WHERE a.session_id = s.id OFFSET 0
      ) p,
      LATERAL (SELECT coalesce((SELECT actual_minutes FROM close_out WHERE session_id = s.id), s.duration_minutes) AS minutes) o
    WHERE (s.settled_at IS NOT NULL OR p.invoiced <> 0 OR p.unbilled <> 0) AND ${ofSession}
    UNION ALL
    SELECT 'charge', c.id, c.local_date, s.id, s.tutor_id, coalesce(s.program_id, c.program_id), s.subject_id, 0, 0, 0,
      CASE WHEN c.run_id IS NULL THEN 0 ELSE c.net END, CASE WHEN c.run_id IS NULL THEN c.net ELSE 0 END, 0, 0, 0, 0
    FROM charge c
    LEFT JOIN charge about ON about.id = c.about_charge_id
    LEFT JOIN attendance a ON a.id = about.attendance_id
    LEFT JOIN session s ON s.id = a.session_id
    WHERE c.kind NOT IN ('session', 'package') AND c.reversed_at IS NULL AND ${within(sql`c.local_date`)} AND ${scoped(sql`s.tutor_id`, sql`coalesce(s.program_id, c.program_id)`)}
    UNION ALL
    SELECT 'credit_note', n.id, c.local_date, s.id, s.tutor_id, s.program_id, s.subject_id, 0, 0, 0, n.net, 0, 0, 0, 0, 0
    FROM credit_note_line n
    JOIN invoice_line l ON l.id = n.invoice_line_id
    JOIN charge c ON c.id = l.charge_id AND c.kind <> 'package' AND c.reversed_at IS NULL
    LEFT JOIN attendance a ON a.id = c.attendance_id
    LEFT JOIN session s ON s.id = a.session_id
    WHERE ${within(sql`c.local_date`)} AND ${scoped(sql`s.tutor_id`)}
    UNION ALL
    SELECT 'pay', i.id, i.local_date, i.session_id, i.tutor_id, s.program_id, s.subject_id, 0, 0, 0, 0, 0, 0,
      CASE WHEN i.kind = 'session' THEN i.amount ELSE 0 END, CASE WHEN i.kind = 'mileage' THEN i.amount ELSE 0 END,
      CASE WHEN i.kind IN ('session', 'mileage') THEN 0 ELSE i.amount END
    FROM pay_item i
    LEFT JOIN LATERAL (SELECT program_id, subject_id FROM session WHERE id = i.session_id OFFSET 0) s ON true
    WHERE ${within(sql`i.local_date`)} AND ${scoped(sql`i.tutor_id`)}`;
}

/** The sums of the facts' columns, as TeachingSums. */
export const teachingSums = sql`
  sum(sessions)::int AS sessions, sum(minutes)::int AS minutes, sum(student_minutes)::int AS student_minutes,
  sum(invoiced)::bigint AS invoiced, sum(unbilled)::bigint AS unbilled, sum(credits)::bigint AS credits,
  sum(wages)::bigint AS wages, sum(mileage)::bigint AS mileage, sum(other_pay)::bigint AS other_pay`;
