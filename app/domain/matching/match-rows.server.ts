import { type Kysely, sql } from 'kysely';
import type { AvailabilityException, AvailabilityRule } from '#app/domain/scheduling/availability.ts';
import type { PlacePoint } from '#app/domain/scheduling/travel.ts';
import type { DB } from '#db/types.ts';
import type { Gender, Mode } from './match-facts.ts';
import type { PlannedTime } from './usual-week.ts';

/** The rows matching reads: one statement each, whatever the number of tutors and requests. */

export interface RequestRow {
  id: string;
  ref: string;
  studentId: string;
  studentName: string;
  subjectId: string;
  subjectName: string;
  levelId: string | null;
  levelName: string | null;
  programId: string;
  mode: Mode | null;
  place: PlacePoint | null;
  sessionMinutes: number;
  sessionsPerWeek: number | null;
  hoursPerWeek: string | null;
  zone: string | null;
  startsOn: string | null;
  endsOn: string | null;
  urgency: 'low' | 'normal' | 'high';
  wishGender: Gender | null;
  wishLanguages: string[];
  wishTutorId: string | null;
  tagIds: string[];
  excludedTutorIds: string[];
  times: { weekday: number; startMinute: number; endMinute: number; wished: boolean }[];
  createdAt: Date;
}

const point = (table: string) =>
  sql`json_build_object('id', ${sql.ref(`${table}.id`)}, 'name', ${sql.ref(`${table}.name`)}, 'latitude', ${sql.ref(`${table}.latitude`)}, 'longitude', ${sql.ref(`${table}.longitude`)})`;
const ms = (column: string) => sql.raw(`(extract(epoch FROM ${column}) * 1000)::bigint`);

/** Those with a student and a subject: without them there is nobody to look for. A missing program or length is the usual one. */
export async function readRequests(db: Kysely<DB>, ids: readonly string[] | undefined): Promise<RequestRow[]> {
  const which = ids
    ? sql`r.id = ANY(${[...ids]}::uuid[])`
    : sql`r.closed_at IS NULL AND r.stage_id IN (SELECT id FROM request_stage WHERE kind IN ('new', 'working', 'offered'))`;
  const { rows } = await sql<RequestRow>`
    WITH usual AS (SELECT id FROM program WHERE archived_at IS NULL ORDER BY capacity, created_at, id LIMIT 1),
    wanted AS (SELECT r.* FROM request r WHERE ${which}),
    times AS (
      SELECT request_id, json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute, 'endMinute', end_minute, 'wished', wished)) AS times
      FROM request_time WHERE request_id IN (SELECT id FROM wanted) GROUP BY request_id
    ),
    tags AS (SELECT request_id, array_agg(tag_id::text) AS ids FROM tag_use WHERE request_id IN (SELECT id FROM wanted) GROUP BY request_id)
    SELECT r.id, r.ref, r.student_id, concat_ws(' ', st.first_name, nullif(st.last_name, '')) AS student_name, r.subject_id,
      sub.name AS subject_name, r.level_id, l.name AS level_name, p.id AS program_id, r.mode,
      CASE WHEN pl.id IS NOT NULL THEN ${point('pl')} END AS place,
      coalesce(r.session_minutes, p.default_duration, 60) AS session_minutes, r.sessions_per_week, r.hours_per_week, r.zone,
      r.starts_on, r.ends_on, r.urgency, r.wish_gender, r.wish_languages, r.wish_tutor_id, coalesce(tags.ids, '{}') AS tag_ids,
      ARRAY(SELECT tutor_id::text FROM tutor_exclusion WHERE student_id = r.student_id
        UNION SELECT tutor_id::text FROM matching_wish WHERE request_id = r.id AND kind = 'veto') AS excluded_tutor_ids,
      coalesce(times.times, '[]') AS times, r.created_at
    FROM wanted r JOIN student st ON st.id = r.student_id JOIN subject sub ON sub.id = r.subject_id
    JOIN program p ON p.id = coalesce(r.program_id, (SELECT id FROM usual))
    LEFT JOIN level l ON l.id = r.level_id LEFT JOIN place pl ON pl.id = r.place_id
    LEFT JOIN times ON times.request_id = r.id LEFT JOIN tags ON tags.request_id = r.id
    ORDER BY r.created_at, r.id`.execute(db);
  return rows;
}

export interface TutorRow {
  id: string;
  name: string;
  zone: string;
  bufferMinutes: number;
  online: boolean;
  inPerson: boolean;
  homeLatitude: string | null;
  homeLongitude: string | null;
  reachMinutes: number | null;
  gender: Gender | null;
  languages: string[];
  maxHoursPerWeek: string | null;
  wishedHoursPerWeek: string | null;
  overrides: unknown;
  subjects: { subjectId: string; levelIds: string[] }[];
  tagIds: string[];
  clearances: { typeId: string; until: string | null }[];
  engagements: { id: string; startsOn: string; endsOn: string | null; minutesPerWeek: number }[];
  rules: AvailabilityRule[];
  exceptions: AvailabilityException[];
  timeOff: { start: number; end: number }[];
  together: { studentId: string; sessions: number }[];
  held: number;
  missed: number;
}

/**
 * Every active tutor with what is on their record, when they can between two moments, and what they have done.
 * @param studentIds of whom it counts what they had together
 */
export async function readTutors(
  db: Kysely<DB>,
  { from, to, studentIds, now }: { from: Date; to: Date; studentIds: readonly string[]; now: Date },
): Promise<TutorRow[]> {
  const { rows } = await sql<TutorRow>`
    WITH active AS MATERIALIZED (SELECT * FROM tutor WHERE archived_at IS NULL AND erased_at IS NULL AND status = 'active'),
    subjects AS (
      SELECT ts.tutor_id, json_agg(json_build_object('subjectId', ts.subject_id, 'levelIds', ARRAY(SELECT level_id FROM tutor_subject_level l
        WHERE l.tutor_id = ts.tutor_id AND l.subject_id = ts.subject_id))) AS list
      FROM tutor_subject ts GROUP BY 1
    ),
    tags AS (SELECT tutor_id, array_agg(tag_id::text) AS ids FROM tag_use WHERE tutor_id IS NOT NULL GROUP BY 1),
    clearances AS (
      -- Where its paper says no end, the kind says how long one is good for.
      SELECT c.tutor_id, json_agg(json_build_object('typeId', c.type_id,
        'until', coalesce(c.expires_on, (c.issued_on + make_interval(months => t.valid_months))::date - 1))) AS list
      FROM clearance c JOIN clearance_type t ON t.id = c.type_id WHERE c.status = 'valid' GROUP BY 1
    ),
    agreed AS (
      SELECT tutor_id, json_agg(json_build_object('id', id, 'startsOn', starts_on, 'endsOn', ends_on,
        'minutesPerWeek', (hours_per_week * 60)::int)) AS list
      FROM engagement WHERE hours_per_week IS NOT NULL AND (ends_on IS NULL OR ends_on >= ${from}::timestamptz::date - 1) GROUP BY 1
    ),
    hours AS (
      SELECT tutor_id, json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute, 'endMinute', end_minute,
        'validFrom', valid_from, 'validTo', valid_to)) AS list FROM availability_rule GROUP BY 1
    ),
    days AS (
      SELECT tutor_id, json_agg(json_build_object('localDate', local_date, 'open', open, 'startMinute', start_minute, 'endMinute', end_minute)) AS list
      FROM availability_exception WHERE local_date BETWEEN ${from}::timestamptz::date - 3 AND ${to}::timestamptz::date + 3 GROUP BY 1
    ),
    off AS (
      SELECT tutor_id, json_agg(json_build_object('start', ${ms('starts_at')}, 'end', ${ms('ends_at')})) AS list
      FROM time_off WHERE status = 'approved' AND starts_at < ${to} AND ends_at > ${from} GROUP BY 1
    ),
    known AS (
      SELECT tutor_id, json_agg(json_build_object('studentId', student_id, 'sessions', sessions)) AS list FROM (
        SELECT s.tutor_id, a.student_id, count(*)::int AS sessions FROM attendance a JOIN session s ON s.id = a.session_id
        WHERE a.student_id = ANY(${[...studentIds]}::uuid[]) AND a.outcome = 'attended' GROUP BY 1, 2
      ) pairs GROUP BY 1
    ),
    done AS (
      SELECT tutor_id, count(*)::int AS held, count(*) FILTER (WHERE status = 'tutor_no_show')::int AS missed FROM session
      WHERE starts_at > ${now}::timestamptz - interval '1 year' AND starts_at <= ${now}
        AND status IN ('closed_out', 'approved', 'no_show', 'tutor_no_show') GROUP BY 1
    )
    SELECT t.id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS name, t.timezone AS zone, t.buffer_minutes,
      t.teaches_online AS online, t.teaches_in_person AS in_person, t.home_latitude, t.home_longitude, t.reach_minutes, t.gender,
      t.languages, t.max_hours_per_week, t.wished_hours_per_week, t.scheduling_overrides AS overrides,
      coalesce(subjects.list, '[]') AS subjects, coalesce(tags.ids, '{}') AS tag_ids, coalesce(clearances.list, '[]') AS clearances,
      coalesce(agreed.list, '[]') AS engagements, coalesce(hours.list, '[]') AS rules, coalesce(days.list, '[]') AS exceptions,
      coalesce(off.list, '[]') AS time_off, coalesce(known.list, '[]') AS together, coalesce(held, 0) AS held, coalesce(missed, 0) AS missed
    FROM active t LEFT JOIN subjects ON subjects.tutor_id = t.id LEFT JOIN tags ON tags.tutor_id = t.id
    LEFT JOIN clearances ON clearances.tutor_id = t.id LEFT JOIN agreed ON agreed.tutor_id = t.id LEFT JOIN hours ON hours.tutor_id = t.id
    LEFT JOIN days ON days.tutor_id = t.id LEFT JOIN off ON off.tutor_id = t.id LEFT JOIN known ON known.tutor_id = t.id
    LEFT JOIN done ON done.tutor_id = t.id
    ORDER BY t.first_name, t.last_name, t.id`.execute(db);
  return rows;
}

export interface PlannedRow extends Omit<PlannedTime, 'place'> {
  place: PlacePoint | null;
  subjectId: string;
}

/** What tutors and students have between two moments, by whom, in order of their starts. */
export async function readPlanned(
  db: Kysely<DB>,
  { ids, from, to }: { ids: readonly string[]; from: Date; to: Date },
): Promise<Map<string, PlannedRow[]>> {
  const { rows } = await sql<{ id: string; planned: PlannedRow[] }>`
    SELECT sr.resource_id AS id, json_agg(json_build_object('start', ${ms('s.starts_at')}, 'end', ${ms('s.ends_at')}, 'bufferedEnd', ${ms('upper(sr.busy)')},
      'seriesId', s.series_id, 'open', coalesce(se.ended_at IS NULL AND se.until_on IS NULL AND se.occurrences IS NULL, false),
      'engagementId', s.engagement_id, 'subjectId', s.subject_id,
      'place', CASE WHEN p.id IS NOT NULL THEN ${point('p')} END) ORDER BY s.starts_at) AS planned
    FROM session_resource sr JOIN session s ON s.id = sr.session_id LEFT JOIN series se ON se.id = s.series_id
    LEFT JOIN room r ON r.id = s.room_id LEFT JOIN place p ON s.mode = 'in_person' AND p.id = coalesce(s.place_id, r.place_id)
    WHERE sr.resource_id = ANY(${[...ids]}::uuid[]) AND sr.blocking
      AND lower(sr.busy) >= ${from}::timestamptz - interval '2 days' AND lower(sr.busy) < ${to}::timestamptz
    GROUP BY 1`.execute(db);
  return new Map(rows.map(({ id, planned }) => [id, planned]));
}

export interface Ground {
  requiredClearances: { id: string; name: string; required: 'in_person' | 'always' }[];
  travel: { a: string; b: string; minutes: number; miles: number | null }[];
  matching: unknown;
}

/** What holds for everybody. */
export async function readGround(db: Kysely<DB>): Promise<Ground> {
  const { rows } = await sql<Ground>`
    SELECT matching,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'required', required) ORDER BY position, name), '[]')
        FROM clearance_type WHERE archived_at IS NULL AND required <> 'none') AS required_clearances,
      (SELECT coalesce(json_agg(json_build_object('a', from_place_id, 'b', to_place_id, 'minutes', minutes, 'miles', miles)), '[]')
        FROM travel_time) AS travel
    FROM organisation`.execute(db);
  const [ground] = rows;
  if (!ground) throw new Error('matching before the organisation is there');
  return ground;
}
