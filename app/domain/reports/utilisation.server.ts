import { type Kysely, sql } from 'kysely';
import type { Period } from '#app/domain/billing/invoice-run.ts';
import { type AvailabilityException, type AvailabilityRule, openRanges } from '#app/domain/scheduling/availability.ts';
import { type Range, subtract } from '#app/domain/scheduling/ranges.ts';
import { startOfDay } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';

export interface TutorUtilisation {
  tutorId: string;
  name: string;
  /** Minutes within the tutor's hours, less time off and closures; null: no hours are set. */
  open: number | null;
  /** Planned minutes of the sessions that stand. */
  booked: number;
  /** Actual minutes of the sessions in which somebody was there. */
  taught: number;
  sessions: number;
}

interface Row extends Omit<TutorUtilisation, 'open'> {
  zone: string;
  rules: AvailabilityRule[];
  exceptions: AvailabilityException[];
  timeOff: Range[];
}

/** How much of the time a tutor offers is booked, in a span of days of the company; those with nothing at all are left out. */
export async function listUtilisation(
  db: Kysely<DB>,
  { from, to, tutorId }: Period & { tutorId: string | null },
  zone: string,
): Promise<TutorUtilisation[]> {
  const [start, end] = [startOfDay(from, zone), startOfDay(to, zone)];
  const ms = (column: string) => sql.raw(`(extract(epoch FROM ${column}) * 1000)::bigint`);
  const [{ rows }, closed] = await Promise.all([
    sql<Row>`
      WITH done AS (
        SELECT s.tutor_id, sum(s.duration_minutes) FILTER (WHERE s.status IN ('scheduled', 'closed_out', 'approved', 'no_show')) AS booked,
          count(*) FILTER (WHERE s.status IN ('scheduled', 'closed_out', 'approved', 'no_show')) AS sessions,
          sum(coalesce(o.actual_minutes, s.duration_minutes)) FILTER (WHERE s.settled_at IS NOT NULL AND EXISTS (
            SELECT 1 FROM attendance a WHERE a.session_id = s.id AND a.outcome = 'attended')) AS taught
        FROM session s LEFT JOIN close_out o ON o.session_id = s.id
        WHERE s.local_date >= ${from}::date AND s.local_date < ${to}::date GROUP BY 1
      )
      SELECT t.id AS tutor_id, trim(t.first_name || ' ' || t.last_name) AS name, t.timezone AS zone, coalesce(d.booked, 0)::int AS booked,
        coalesce(d.taught, 0)::int AS taught, coalesce(d.sessions, 0)::int AS sessions,
        (SELECT coalesce(json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute, 'endMinute', end_minute,
            'validFrom', valid_from, 'validTo', valid_to)), '[]') FROM availability_rule WHERE tutor_id = t.id) AS rules,
        (SELECT coalesce(json_agg(json_build_object('localDate', local_date, 'open', open, 'startMinute', start_minute, 'endMinute', end_minute)), '[]')
          FROM availability_exception WHERE tutor_id = t.id AND local_date BETWEEN ${from}::date - 2 AND ${to}::date + 2) AS exceptions,
        (SELECT coalesce(json_agg(json_build_object('start', ${ms('starts_at')}, 'end', ${ms('ends_at')})), '[]') FROM time_off
          WHERE tutor_id = t.id AND status = 'approved' AND starts_at < ${end} AND ends_at > ${start}) AS time_off
      FROM tutor t LEFT JOIN done d ON d.tutor_id = t.id
      WHERE (t.archived_at IS NULL AND t.status = 'active' OR d.tutor_id IS NOT NULL)
        AND (${tutorId}::uuid IS NULL OR t.id = ${tutorId}::uuid)
      ORDER BY name, t.id`.execute(db),
    closures(db, { from, to }, zone),
  ]);
  return rows.map(({ zone: tutorZone, rules, exceptions, timeOff, ...row }) => {
    if (rules.length === 0 && !exceptions.some((exception) => exception.open)) return { ...row, open: null };
    const open = openRanges({ rules, exceptions, zone: tutorZone, from: start, to: end, unset: 'never' });
    return { ...row, open: minutesOf(subtract(open, [...timeOff, ...closed])) };
  });
}

/** When the whole company is closed; one program's closure leaves the tutors free for the others. */
async function closures(db: Kysely<DB>, { from, to }: Period, zone: string): Promise<Range[]> {
  const { rows } = await sql<{ first: string; after: string }>`
    SELECT starts_on AS first, ends_on + 1 AS after FROM closure
    WHERE program_id IS NULL AND starts_on < ${to}::date AND ends_on >= ${from}::date ORDER BY 1`.execute(db);
  return rows.map(({ first, after }) => ({ start: startOfDay(first, zone).getTime(), end: startOfDay(after, zone).getTime() }));
}

const minutesOf = (ranges: readonly Range[]) => Math.round(ranges.reduce((sum, { start, end }) => sum + end - start, 0) / 60_000);
