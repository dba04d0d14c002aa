import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type AttendanceSums, type CountedOutcome, NO_PLACES, OUTCOMES } from './attendance.ts';
import { groupColumns, groupKeys, namesOfGroups } from './group-keys.server.ts';
import { plannedPlainly } from './planned-plainly.server.ts';
import { type Bucket, type BucketUnit, bucketsOf, bucketUnit } from './report-period.ts';
import type { Grouping, ReportScope } from './teaching.ts';
import { belongsTo } from './teaching-facts.server.ts';

export interface AttendanceReport {
  total: AttendanceSums;
  rows: { key: string; name: string; sums: AttendanceSums }[];
  buckets: (Bucket & { sums: AttendanceSums })[];
  unit: BucketUnit;
}

/** Every place of the days that has come to an end. */
const places = ({ from, to, tutorId, programId, subjectId }: ReportScope): RawBuilder<unknown> => sql`
  session s JOIN attendance a ON a.session_id = s.id AND a.outcome = ANY(${[...OUTCOMES]}::text[])
  WHERE s.local_date >= ${from}::date AND s.local_date < ${to}::date AND ${belongsTo(sql`s.tutor_id`, tutorId)}
    AND ${belongsTo(sql`s.program_id`, programId)} AND ${belongsTo(sql`s.subject_id`, subjectId)}`;

/** How many places came to which end, of all, by group and over time: one statement. */
export async function attendanceReport(db: Kysely<DB>, scope: ReportScope, by: Grouping): Promise<AttendanceReport> {
  const unit = bucketUnit(scope);
  const { rows } = await plannedPlainly(db, (trx) =>
    sql<{ isGroup: boolean; isBucket: boolean; key: string; bucket: string; outcome: CountedOutcome; n: number }>`
    WITH place AS (SELECT s.tutor_id, s.program_id, s.subject_id, s.local_date, a.outcome FROM ${places(scope)}),
      daily AS (SELECT ${groupColumns[by]} AS "of", local_date, outcome, count(*) AS n FROM place GROUP BY 1, 2, 3),
      keyed AS (SELECT ${groupKeys[by]} AS key, date_trunc(${unit}, local_date)::date::text AS bucket, outcome, n FROM daily)
    SELECT grouping(key) = 0 AS is_group, grouping(bucket) = 0 AS is_bucket, key, bucket, outcome, sum(n)::int AS n
    FROM keyed GROUP BY outcome, GROUPING SETS ((), (key), (bucket))`.execute(trx),
  );
  const groups = new Map<string, AttendanceSums>();
  const inTime = new Map<string, AttendanceSums>();
  const total = { ...NO_PLACES };
  for (const { isGroup, isBucket, key, bucket, outcome, n } of rows) {
    const sums = isGroup ? sumsOf(groups, key) : isBucket ? sumsOf(inTime, bucket) : total;
    sums[outcome] += n;
  }
  const names = await namesOfGroups(db, by, [...groups.keys()]);
  const found = [...groups].map(([key, sums]) => ({ key, name: names.get(key) ?? key, sums }));
  const overTime = by === 'month' || by === 'week';
  return {
    total,
    rows: found.sort((a, b) => (overTime ? (a.key < b.key ? -1 : 1) : a.name.localeCompare(b.name, 'en'))),
    buckets: bucketsOf(scope, unit).map((bucket) => ({ ...bucket, sums: inTime.get(bucket.key) ?? NO_PLACES })),
    unit,
  };
}

function sumsOf(map: Map<string, AttendanceSums>, key: string): AttendanceSums {
  const sums = map.get(key) ?? { ...NO_PLACES };
  map.set(key, sums);
  return sums;
}

export interface EndedPlace {
  attendanceId: string;
  sessionId: string;
  localDate: string;
  studentName: string;
  studentId: string;
  tutorName: string;
  subjectName: string;
  outcome: CountedOutcome;
}

/** The places behind the counts, newest first. */
export async function listEndedPlaces(
  db: Kysely<DB>,
  scope: ReportScope & { outcome?: CountedOutcome | undefined },
  page: { limit: number; offset: number },
): Promise<EndedPlace[]> {
  const { rows } = await sql<EndedPlace>`
    SELECT place.*, trim(st.first_name || ' ' || st.last_name) AS student_name, trim(t.first_name || ' ' || t.last_name) AS tutor_name,
      sub.name AS subject_name
    FROM (
      SELECT a.id AS attendance_id, s.id AS session_id, s.local_date, s.starts_at, a.student_id, s.tutor_id, s.subject_id, a.outcome
      FROM ${places(scope)} AND ${scope.outcome ? sql`a.outcome = ${scope.outcome}` : sql`true`}
      ORDER BY s.starts_at DESC, a.id LIMIT ${page.limit} OFFSET ${page.offset}
    ) place
    JOIN student st ON st.id = place.student_id JOIN tutor t ON t.id = place.tutor_id JOIN subject sub ON sub.id = place.subject_id
    ORDER BY place.starts_at DESC, place.attendance_id`.execute(db);
  return rows;
}
