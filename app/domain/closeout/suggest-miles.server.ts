import { type Kysely, sql } from 'kysely';
import { type PlacePoint, pairKey, type TravelTable, travelMiles } from '#app/domain/scheduling/travel.ts';
import { startOfDay } from '#app/domain/scheduling/wall-time.ts';
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
  session: { id: string; mode: string; tutor: { id: string }; startsAt: Date; localDate: string },
  organisationZone: string,
): Promise<MilesSuggested | undefined> {
  if (session.mode !== 'in_person') return undefined;
  const { rows } = await sql<{
    here: PlacePoint | null;
    before: PlacePoint | null;
    minutes: number | null;
    miles: number | null;
  }>`
    WITH here AS (${placeOf(sql`s.id = ${session.id}`)}),
    before AS (${placeOf(sql`s.tutor_id = ${session.tutor.id} AND s.starts_at >= ${startOfDay(session.localDate, organisationZone)}
      AND s.starts_at < ${session.startsAt} AND s.status NOT IN ('cancelled', 'late_cancelled', 'declined', 'rescheduled', 'requested')`)})
    SELECT to_json(here) AS here, to_json(before) AS before, t.minutes, t.miles::float8 AS miles
    FROM here CROSS JOIN before
    LEFT JOIN travel_time t ON t.from_place_id = least(here.id, before.id) AND t.to_place_id = greatest(here.id, before.id)
  `.execute(db);
  const { here, before, minutes, miles } = rows[0] ?? {};
  if (!here || !before) return undefined;
  const table: TravelTable = new Map(
    typeof minutes === 'number' ? [[pairKey(here.id, before.id), { minutes, miles: miles ?? null }]] : [],
  );
  const way = travelMiles(before, here, table);
  if (!way || way.from === 'same' || way.miles === 0) return undefined;
  return { miles: String(way.miles), fromPlace: before.name, by: way.from };
}

/** The place of the last of these sessions that is at a known one. */
const placeOf = (which: ReturnType<typeof sql>) => sql`
  SELECT p.id, p.name, p.latitude, p.longitude FROM session s LEFT JOIN room r ON r.id = s.room_id
  JOIN place p ON p.id = coalesce(s.place_id, r.place_id)
  WHERE s.mode = 'in_person' AND ${which} ORDER BY s.starts_at DESC LIMIT 1`;
