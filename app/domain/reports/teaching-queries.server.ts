import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { groupColumns, groupKeys, namesOfGroups } from './group-keys.server.ts';
import { plannedPlainly } from './planned-plainly.server.ts';
import type { BucketUnit } from './report-period.ts';
import { type Grouping, NOTHING, type ReportScope, type TeachingSums } from './teaching.ts';
import { teachingFacts, teachingSums } from './teaching-facts.server.ts';

export interface TeachingGroup {
  /** The id of the tutor, program or subject, or the first day of the month or week; null: of no session. */
  key: string | null;
  name: string;
  sums: TeachingSums;
}

export interface TeachingReport {
  total: TeachingSums;
  groups: TeachingGroup[];
  /** By the first day of each day, week or month with something in it. */
  buckets: Map<string, TeachingSums>;
}

type Row = TeachingSums & { isGroup: boolean; isBucket: boolean; key: string | null; bucket: string | null };

/** The sums of all, of each group, and of each day, week or month: one statement, one pass over the facts. */
export async function sumTeaching(
  db: Kysely<DB>,
  scope: ReportScope,
  options: { by: Grouping; unit: BucketUnit },
): Promise<TeachingReport> {
  const { rows } = await plannedPlainly(db, (trx) =>
    sql<Row>`
    WITH fact AS (${teachingFacts(scope)}),
      -- By the day first: what is left to cut into months and weeks is a few rows for each day.
      daily AS (SELECT ${groupColumns[options.by]} AS "of", local_date, ${teachingSums} FROM fact GROUP BY 1, 2),
      keyed AS (SELECT daily.*, ${groupKeys[options.by]} AS key, date_trunc(${options.unit}, local_date)::date::text AS bucket FROM daily)
    SELECT grouping(key) = 0 AS is_group, grouping(bucket) = 0 AS is_bucket, key, bucket, ${teachingSums}
    FROM keyed GROUP BY GROUPING SETS ((), (key), (bucket))`.execute(trx),
  );
  const ids = rows.flatMap((row) => (row.isGroup && row.key !== null ? [row.key] : []));
  const names = await namesOfGroups(db, options.by, ids);
  const report: TeachingReport = { total: NOTHING, groups: [], buckets: new Map() };
  for (const { isGroup, isBucket, key, bucket, ...sums } of rows) {
    if (isGroup) report.groups.push({ key, name: key === null ? '' : (names.get(key) ?? key), sums });
    else if (isBucket) report.buckets.set(bucket ?? '', sums);
    else if (sums.sessions !== null) report.total = sums;
  }
  return report;
}

export interface TeachingLine extends TeachingSums {
  id: string;
  source: 'session' | 'charge' | 'pay' | 'credit_note';
  localDate: string;
  sessionId: string | null;
  /** The session's title or subject; what a charge or a pay item says. */
  about: string;
  students: string;
  tutorName: string | null;
  clientId: string | null;
  payRunId: string | null;
}

/** What lies behind the sums, newest first: a row for each session, and one for each charge and pay item of no session. */
export async function listTeachingLines(
  db: Kysely<DB>,
  scope: ReportScope,
  page: { limit: number; offset: number },
): Promise<TeachingLine[]> {
  const { rows } = await plannedPlainly(db, (trx) =>
    sql<TeachingLine>`
    WITH fact AS (${teachingFacts(scope)}),
      one AS (
        SELECT coalesce(session_id, source_id) AS id, CASE WHEN session_id IS NULL THEN source ELSE 'session' END AS source,
          session_id, max(local_date) AS local_date, (array_agg(tutor_id) FILTER (WHERE tutor_id IS NOT NULL))[1] AS tutor_id, ${teachingSums}
        FROM fact GROUP BY 1, 2, 3
        ORDER BY local_date DESC, id LIMIT ${page.limit} OFFSET ${page.offset})
    SELECT one.*, coalesce(nullif(s.title, ''), sub.name, c.description, nullif(i.note, ''), i.kind, '') AS about,
      coalesce((SELECT string_agg(trim(st.first_name || ' ' || st.last_name), ', ' ORDER BY st.ref COLLATE "C")
        FROM attendance a JOIN student st ON st.id = a.student_id WHERE a.session_id = s.id), '') AS students,
      trim(t.first_name || ' ' || t.last_name) AS tutor_name, c.client_id, i.run_id AS pay_run_id
    FROM one
    LEFT JOIN session s ON s.id = one.session_id
    LEFT JOIN subject sub ON sub.id = s.subject_id
    LEFT JOIN tutor t ON t.id = one.tutor_id
    LEFT JOIN credit_note_line n ON one.source = 'credit_note' AND n.id = one.id
    LEFT JOIN invoice_line l ON l.id = n.invoice_line_id
    LEFT JOIN charge c ON c.id = CASE one.source WHEN 'charge' THEN one.id WHEN 'credit_note' THEN l.charge_id END
    LEFT JOIN pay_item i ON one.source = 'pay' AND i.id = one.id
    ORDER BY one.local_date DESC, one.id`.execute(trx),
  );
  return rows;
}
