import { type RawBuilder, sql } from 'kysely';
import type { ReportScope } from './teaching.ts';

/** A column is of the one asked for; `none`: of nobody. */
export function belongsTo(column: RawBuilder<unknown>, wanted: string | null): RawBuilder<unknown> {
  if (wanted === null) return sql`true`;
  return wanted === 'none' ? sql`${column} IS NULL` : sql`${column} = ${wanted}::uuid`;
}

/**
 * Every fact a report about teaching adds up, one row each: a session's minutes, a charge, the credits a place used, a pay
 * item. What lies behind a sum is read from the same rows as the sum itself, so the two can't differ.
 *
 * Columns: source, source_id, local_date, session_id, tutor_id, program_id, subject_id (NULL where it belongs to no session),
 * sessions, minutes, student_minutes, invoiced, unbilled, credits, wages, mileage, other_pay.
 */
export function teachingFacts({ from, to, tutorId, programId, subjectId }: ReportScope): RawBuilder<unknown> {
  const within = (day: RawBuilder<unknown>) => sql`${day} >= ${from}::date AND ${day} < ${to}::date`;
  const scoped = (tutor: RawBuilder<unknown>) =>
    sql`${belongsTo(tutor, tutorId)} AND ${belongsTo(sql`s.program_id`, programId)} AND ${belongsTo(sql`s.subject_id`, subjectId)}`;
  const ofSession = sql`${within(sql`s.local_date`)} AND ${scoped(sql`s.tutor_id`)}`;
  return sql`
    SELECT 'session' AS source, s.id AS source_id, s.local_date, s.id AS session_id, s.tutor_id, s.program_id, s.subject_id, 1 AS sessions,
      coalesce(o.actual_minutes, s.duration_minutes) AS minutes, sum(coalesce(a.minutes, s.duration_minutes)) AS student_minutes,
      0::bigint AS invoiced, 0::bigint AS unbilled, 0::bigint AS credits, 0::bigint AS wages, 0::bigint AS mileage, 0::bigint AS other_pay
    FROM session s
    JOIN attendance a ON a.session_id = s.id AND a.outcome = 'attended'
    LEFT JOIN close_out o ON o.session_id = s.id
    WHERE s.settled_at IS NOT NULL AND ${ofSession}
    GROUP BY s.id, o.actual_minutes
    UNION ALL
    SELECT 'charge', c.id, c.local_date, s.id, s.tutor_id, s.program_id, s.subject_id, 0, 0, 0,
      CASE WHEN c.run_id IS NULL THEN 0 ELSE c.net END, CASE WHEN c.run_id IS NULL THEN c.net ELSE 0 END, 0, 0, 0, 0
    FROM charge c JOIN attendance a ON a.id = c.attendance_id JOIN session s ON s.id = a.session_id
    WHERE c.reversed_at IS NULL AND ${within(sql`c.local_date`)} AND ${scoped(sql`s.tutor_id`)}
    UNION ALL
    SELECT 'charge', c.id, c.local_date, s.id, s.tutor_id, s.program_id, s.subject_id, 0, 0, 0,
      CASE WHEN c.run_id IS NULL THEN 0 ELSE c.net END, CASE WHEN c.run_id IS NULL THEN c.net ELSE 0 END, 0, 0, 0, 0
    FROM charge c
    LEFT JOIN charge about ON about.id = c.about_charge_id
    LEFT JOIN attendance a ON a.id = about.attendance_id
    LEFT JOIN session s ON s.id = a.session_id
    WHERE c.kind NOT IN ('session', 'package') AND c.reversed_at IS NULL AND ${within(sql`c.local_date`)} AND ${scoped(sql`s.tutor_id`)}
    UNION ALL
    SELECT 'credit_note', n.id, c.local_date, s.id, s.tutor_id, s.program_id, s.subject_id, 0, 0, 0, n.net, 0, 0, 0, 0, 0
    FROM credit_note_line n
    JOIN invoice_line l ON l.id = n.invoice_line_id
    JOIN charge c ON c.id = l.charge_id AND c.kind <> 'package' AND c.reversed_at IS NULL
    LEFT JOIN attendance a ON a.id = c.attendance_id
    LEFT JOIN session s ON s.id = a.session_id
    WHERE ${within(sql`c.local_date`)} AND ${scoped(sql`s.tutor_id`)}
    UNION ALL
    SELECT 'credits', a.id, s.local_date, s.id, s.tutor_id, s.program_id, s.subject_id, 0, 0, 0, 0, 0,
      coalesce(round(-sum(e.amount) * (k.price + k.moved_price) / nullif(k.credits + k.moved_credits, 0)), 0)::bigint, 0, 0, 0
    FROM session s
    JOIN attendance a ON a.session_id = s.id AND a.settled_at IS NOT NULL
    JOIN ledger_transaction t ON t.attendance_id = a.id
    JOIN ledger_entry e ON e.transaction_id = t.id
    JOIN credit_lot k ON k.account_id = e.account_id
    WHERE ${ofSession}
    GROUP BY s.id, a.id, k.id
    UNION ALL
    SELECT 'pay', i.id, i.local_date, s.id, i.tutor_id, s.program_id, s.subject_id, 0, 0, 0, 0, 0, 0,
      CASE WHEN i.kind = 'session' THEN i.amount ELSE 0 END, CASE WHEN i.kind = 'mileage' THEN i.amount ELSE 0 END,
      CASE WHEN i.kind IN ('session', 'mileage') THEN 0 ELSE i.amount END
    FROM pay_item i LEFT JOIN session s ON s.id = i.session_id
    WHERE ${within(sql`i.local_date`)} AND ${scoped(sql`i.tutor_id`)}`;
}

/** The sums of the facts' columns, as TeachingSums. */
export const teachingSums = sql`
  sum(sessions)::int AS sessions, sum(minutes)::int AS minutes, sum(student_minutes)::int AS student_minutes,
  sum(invoiced)::bigint AS invoiced, sum(unbilled)::bigint AS unbilled, sum(credits)::bigint AS credits,
  sum(wages)::bigint AS wages, sum(mileage)::bigint AS mileage, sum(other_pay)::bigint AS other_pay`;
