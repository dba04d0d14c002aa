import { type Kysely, sql } from 'kysely';
import { type PlacePoint, pairKey, type TravelTable, travelMiles } from '#app/domain/scheduling/travel.ts';
import type { DB } from '#db/types.ts';

/** Miles to this session from where its tutor was before on that day. */
export interface MilesSuggested {
  /** In tenths, such as "4.2". */
  miles: string;
  /** What the tutor came from. */
  fromPlace: string;
  /** As somebody entered it for the two places, or as the crow flies between them. */
  by: 'table' | 'distance';
}

/** Undefined for an online session, the first of the day, one at the same place, and where nothing is known of the way. */
export async function suggestMiles(
  db: Kysely<DB>,
  session: { id: string; mode: string },
  organisationZone: string,
): Promise<MilesSuggested | undefined> {
  if (session.mode !== 'in_person') return undefined;
  return (await listMilesSuggested(db, [session.id], organisationZone)).get(session.id);
}

/** By the session's id, of those for which something can be said; one statement. */
export async function listMilesSuggested(
  db: Kysely<DB>,
  sessionIds: readonly string[],
  organisationZone: string,
): Promise<Map<string, MilesSuggested>> {
  if (sessionIds.length === 0) return new Map();
  const { rows } = await sql<{
    id: string;
    here: PlacePoint;
    before: PlacePoint;
    minutes: number | null;
    miles: number | null;
  }>`
    SELECT w.id, to_json(here) AS here, to_json(before) AS before, t.minutes, t.miles::float8 AS miles
    FROM (SELECT id, tutor_id, starts_at, local_date::timestamp AT TIME ZONE ${organisationZone} AS day
          FROM session WHERE id = ANY(${[...sessionIds]}::uuid[])) w
    CROSS JOIN LATERAL (${placeOf(sql`s.id = w.id`)}) here
    CROSS JOIN LATERAL (${placeOf(sql`s.tutor_id = w.tutor_id AND s.starts_at >= w.day AND s.starts_at < w.starts_at
      AND s.status NOT IN ('cancelled', 'late_cancelled', 'declined', 'rescheduled', 'requested')`)}) before
    LEFT JOIN travel_time t ON t.from_place_id = least(here.id, before.id) AND t.to_place_id = greatest(here.id, before.id)
  `.execute(db);
  return new Map(
    rows.flatMap(({ id, here, before, minutes, miles }): [string, MilesSuggested][] => {
      const table: TravelTable = new Map(minutes === null ? [] : [[pairKey(here.id, before.id), { minutes, miles }]]);
      const way = travelMiles(before, here, table);
      if (!way || way.from === 'same' || way.miles === 0) return [];
      return [[id, { miles: String(way.miles), fromPlace: before.name, by: way.from }]];
    }),
  );
}

/** The place of the last of these sessions that is at a known one. */
const placeOf = (which: ReturnType<typeof sql>) => sql`
  SELECT p.id, p.name, p.latitude, p.longitude FROM session s LEFT JOIN room r ON r.id = s.room_id
  JOIN place p ON p.id = coalesce(s.place_id, r.place_id)
  WHERE s.mode = 'in_person' AND ${which} ORDER BY s.starts_at DESC LIMIT 1`;
