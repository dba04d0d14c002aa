import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { type AvailabilityException, type AvailabilityRule, openRanges } from './availability.ts';
import { mondayOf } from './fit.ts';
import { dateOf, dayNumber, dayOf, momentOf } from './local-days.ts';
import { schedulingRulesFor } from './scheduling-rules.ts';
import { type PlacePoint, pairKey } from './travel.ts';
import type { BusyTime, TutorCalendar } from './tutor-calendar.ts';

export type { BusyTime, TutorCalendar } from './tutor-calendar.ts';

export interface CalendarsWanted {
  tutorIds: readonly string[];
  /** What is asked about must begin and end between these two. */
  from: Date;
  to: Date;
  /** Its rules are laid over the organisation's. */
  programId?: string;
  /** The session that is to be moved: it is in nobody's way. */
  exceptSessionId?: string | undefined;
  /** The booker's own. */
  exceptHoldId?: string | undefined;
  /** Where something is to be planned: what is entered of the ways to it is read too. */
  placeId?: string | null | undefined;
  /** Times kept until before then are free again; default: the database's clock. */
  now?: Date;
}

interface Row {
  tutorId: string;
  name: string;
  archived: boolean;
  zone: string;
  bufferMinutes: number;
  maxHoursPerWeek: string | null;
  overrides: unknown;
  programOverrides: unknown;
  organisation: unknown;
  organisationZone: string;
  rules: AvailabilityRule[];
  exceptions: AvailabilityException[];
  timeOff: TutorCalendar['timeOff'];
  busy: (Omit<BusyTime, 'place'> & { place: PlacePoint | null })[];
  closures: { name: string; programId: string | null; startsOn: string; endsOn: string }[];
  travel: { a: string; b: string; minutes: number; miles: number | null }[];
}

/** Hours, time off, closures, what is taken, limits and ways of tutors, by tutor; in one statement. Unknown tutors are left out. */
export async function loadTutorCalendars(db: Kysely<DB>, wanted: CalendarsWanted): Promise<Map<string, TutorCalendar>> {
  if (wanted.tutorIds.length === 0) return new Map();
  const rows = await readCalendars(db, wanted);
  return new Map(rows.map((row) => [row.tutorId, { ...calendarOf(row, wanted), ...minutesOf(row) }]));
}

/** A calendar to look at: nothing can be planned by it. */
export type ShownCalendar = Omit<TutorCalendar, 'minutesByDay' | 'minutesByWeek'>;

/**
 * The same to be looked at, of what is taken only what is kept for somebody and what is somewhere. The weeks around it
 * are left out: limits need them, and of a hundred busy tutors they are ten times what is shown.
 */
export async function loadShownCalendars(
  db: Kysely<DB>,
  wanted: Pick<CalendarsWanted, 'tutorIds' | 'from' | 'to'>,
): Promise<Map<string, ShownCalendar>> {
  if (wanted.tutorIds.length === 0) return new Map();
  const rows = await readCalendars(db, wanted, { shown: true });
  return new Map(rows.map((row) => [row.tutorId, calendarOf(row, wanted)]));
}

async function readCalendars(db: Kysely<DB>, wanted: CalendarsWanted, { shown = false } = {}): Promise<Row[]> {
  const { from, to } = wanted;
  const [before, after] = shown ? ['2 days', '0 days'] : ['10 days', '8 days'];
  const ms = (column: string) => sql.raw(`(extract(epoch FROM ${column}) * 1000)::bigint`);
  // The session's own start is that of the time it takes: said of both, sessions to be looked at are found by their days,
  // and not one by one for each time that is taken.
  const within = (start: string) =>
    sql`${sql.raw(start)} >= ${from}::timestamptz - ${before}::interval AND ${sql.raw(start)} < ${to}::timestamptz + ${after}::interval`;
  const { rows } = await sql<Row>`
    WITH taken AS MATERIALIZED (
      SELECT sr.resource_id AS tutor_id, lower(sr.busy) AS starts, coalesce(s.ends_at, h.ends_at) AS ends, upper(sr.busy) AS until,
             sr.session_id, s.mode = 'in_person' AS in_person, p.id AS place_id, p.name, p.latitude, p.longitude
      FROM session_resource sr
      LEFT JOIN session s ON s.id = sr.session_id ${shown ? sql`AND s.mode = 'in_person' AND ${within('s.starts_at')}` : sql``}
      LEFT JOIN hold h ON h.id = sr.hold_id
      LEFT JOIN room r ON r.id = s.room_id
      LEFT JOIN place p ON s.mode = 'in_person' AND p.id = coalesce(s.place_id, r.place_id)
      WHERE sr.resource_id = ANY(${[...wanted.tutorIds]}::uuid[]) AND sr.blocking
        -- Nothing lasts longer than a day and a buffer.
        AND ${within('lower(sr.busy)')}
        ${shown ? sql`AND (sr.session_id IS NULL OR s.id IS NOT NULL)` : sql``}
        AND (sr.session_id IS NULL OR sr.session_id IS DISTINCT FROM ${wanted.exceptSessionId ?? null}::uuid)
        AND (sr.hold_id IS NULL OR sr.hold_id IS DISTINCT FROM ${wanted.exceptHoldId ?? null}::uuid
          AND h.expires_at > coalesce(${wanted.now ?? null}::timestamptz, now()))
    ),
    -- Once for all of them: looked through for each tutor anew, a hundred tutors take half a second.
    busy AS MATERIALIZED (
      SELECT tutor_id, json_agg(json_build_object('start', ${ms('starts')}, 'end', ${ms('ends')}, 'bufferedEnd', ${ms('until')},
        'sessionId', session_id, 'inPerson', coalesce(in_person, false), 'place', CASE WHEN place_id IS NOT NULL THEN
          json_build_object('id', place_id, 'name', name, 'latitude', latitude, 'longitude', longitude) END) ORDER BY starts) AS times
      FROM taken GROUP BY tutor_id
    )
    SELECT t.id AS tutor_id, concat_ws(' ', t.first_name, nullif(t.last_name, '')) AS name, t.archived_at IS NOT NULL AS archived, t.timezone AS zone, t.buffer_minutes,
      t.max_hours_per_week, t.scheduling_overrides AS overrides, o.scheduling AS organisation, o.timezone AS organisation_zone,
      (SELECT scheduling_overrides FROM program WHERE id = ${wanted.programId ?? null}::uuid) AS program_overrides,
      (SELECT coalesce(json_agg(json_build_object('weekday', weekday, 'startMinute', start_minute, 'endMinute', end_minute,
          'validFrom', valid_from, 'validTo', valid_to)), '[]')
        FROM availability_rule WHERE tutor_id = t.id) AS rules,
      (SELECT coalesce(json_agg(json_build_object('localDate', local_date, 'open', open, 'startMinute', start_minute, 'endMinute', end_minute)), '[]')
        FROM availability_exception WHERE tutor_id = t.id
          AND local_date BETWEEN ${from}::timestamptz::date - 3 AND ${to}::timestamptz::date + 3) AS exceptions,
      (SELECT coalesce(json_agg(json_build_object('id', id, 'status', status, 'reason', reason,
          'start', ${ms('starts_at')}, 'end', ${ms('ends_at')}) ORDER BY starts_at), '[]')
        FROM time_off WHERE tutor_id = t.id AND status IN ('requested', 'approved') AND starts_at < ${to} AND ends_at > ${from}) AS time_off,
      coalesce((SELECT times FROM busy WHERE busy.tutor_id = t.id), '[]') AS busy,
      (SELECT coalesce(json_agg(json_build_object('name', name, 'programId', program_id, 'startsOn', starts_on, 'endsOn', ends_on)
          ORDER BY starts_on), '[]')
        FROM closure WHERE ends_on >= ${from}::timestamptz::date - 2 AND starts_on <= ${to}::timestamptz::date + 2) AS closures,
      (SELECT coalesce(json_agg(json_build_object('a', from_place_id, 'b', to_place_id, 'minutes', minutes, 'miles', miles)), '[]')
        FROM travel_time WHERE from_place_id IN (SELECT place_id FROM taken) AND to_place_id IN (SELECT place_id FROM taken)
          OR ${wanted.placeId ?? null}::uuid IN (from_place_id, to_place_id)) AS travel
    FROM tutor t CROSS JOIN organisation o
    WHERE t.id = ANY(${[...wanted.tutorIds]}::uuid[])
  `.execute(db);
  return rows;
}

/** What is taught by local day and by week, for the limits. */
function minutesOf({ busy, zone }: Row): Pick<TutorCalendar, 'minutesByDay' | 'minutesByWeek'> {
  const minutesByDay = new Map<string, number>();
  const minutesByWeek = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, minutes: number) => map.set(key, (map.get(key) ?? 0) + minutes);
  for (const { start, end } of busy) {
    const day = dayOf(start, zone);
    add(minutesByDay, dateOf(day), (end - start) / 60_000);
    add(minutesByWeek, mondayOf(day), (end - start) / 60_000);
  }
  return { minutesByDay, minutesByWeek };
}

function calendarOf(row: Row, { from, to }: CalendarsWanted): ShownCalendar {
  const { zone, organisationZone, busy } = row;
  const rules = schedulingRulesFor({
    organisation: row.organisation,
    program: row.programOverrides,
    tutor: row.overrides,
  });
  return {
    tutorId: row.tutorId,
    name: row.name,
    archived: row.archived,
    zone,
    organisationZone,
    bufferMinutes: row.bufferMinutes,
    isSet: row.rules.length > 0,
    open: openRanges({ rules: row.rules, exceptions: row.exceptions, zone, from, to, unset: rules.unsetAvailability }),
    timeOff: row.timeOff,
    closures: row.closures.map(({ name, programId, startsOn, endsOn }) => ({
      name,
      programId,
      start: momentOf(dayNumber(startsOn), 0, organisationZone),
      end: momentOf(dayNumber(endsOn) + 1, 0, organisationZone),
    })),
    busy,
    rules,
    maxMinutesPerWeek: row.maxHoursPerWeek === null ? null : Math.round(Number(row.maxHoursPerWeek) * 60),
    travel: new Map(row.travel.map(({ a, b, minutes, miles }) => [pairKey(a, b), { minutes, miles }])),
  };
}
