import { type Kysely, sql } from 'kysely';
import { toCsv } from '#app/domain/billing/csv.ts';
import type { DB } from '#db/types.ts';

const columns = [
  'session',
  'date',
  'start',
  'planned_minutes',
  'minutes',
  'tutor',
  'student',
  'student_ref',
  'family',
  'family_ref',
  'program',
  'subject',
  'status',
  'outcome',
  'billable',
  'billing',
  'charge_percent',
  'miles',
];

const camel = (column: string) => column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * Every place of the period's sessions with its billable tag, for companies that bill elsewhere: who taught whom, when, how
 * long, and what took place. Days `[from, to)` and times in the company's zone.
 */
export async function sessionsCsv(db: Kysely<DB>, { from, to }: { from: string; to: string }): Promise<string> {
  const { rows } = await sql<Record<string, string | number | null>>`
    SELECT s.ref AS session, to_char(s.local_date, 'YYYY-MM-DD') AS date, to_char(s.starts_at AT TIME ZONE o.timezone, 'HH24:MI') AS start,
      s.duration_minutes AS planned_minutes, a.minutes, trim(t.first_name || ' ' || t.last_name) AS tutor,
      trim(st.first_name || ' ' || st.last_name) AS student, st.ref AS student_ref, c.name AS family, c.ref AS family_ref,
      p.name AS program, u.name AS subject, s.status, a.outcome, CASE WHEN s.billable THEN 'yes' ELSE 'no' END AS billable,
      i.name AS billing, trim_scale(a.charge_percent)::text AS charge_percent, trim_scale(k.miles)::text AS miles
    FROM session s CROSS JOIN organisation o
    JOIN attendance a ON a.session_id = s.id
    JOIN student st ON st.id = a.student_id JOIN client c ON c.id = a.client_id
    JOIN tutor t ON t.id = s.tutor_id JOIN program p ON p.id = s.program_id JOIN subject u ON u.id = s.subject_id
    LEFT JOIN plugin_install i ON i.id = a.billing_install_id
    LEFT JOIN close_out k ON k.session_id = s.id
    WHERE s.local_date >= ${from}::date AND s.local_date < ${to}::date
    ORDER BY s.starts_at, s.ref COLLATE "C", st.ref COLLATE "C"`.execute(db);
  return toCsv(
    columns,
    rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[camel(column)] ?? null]))),
    { spreadsheet: true },
  );
}
