import { type Kysely, sql } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { type ListFilter, type ListPage, PAGE_SIZE } from '#app/domain/people/list-filter.ts';
import { byName, matches, pageOf } from '#app/domain/people/list-page.server.ts';
import type { DB } from '#db/types.ts';

export interface PlaceRow {
  id: string;
  name: string;
  address: string;
  located: boolean;
  clientName: string | null;
  rooms: number;
  archivedAt: Date | null;
}

/** Places with whose home they are; found by name, address and family. */
export async function listPlaces(db: Kysely<DB>, filter: ListFilter): Promise<ListPage<PlaceRow>> {
  const family = sql<string>`(select c.name from client c where c.id = place.client_id)`;
  const where = () => matches(sql<string>`concat_ws(' ', place.name, place.address, ${family})`, filter.q);
  const { offset, ...page } = await pageOf(db, 'place', filter, where);
  const rows = await db
    .selectFrom('place')
    .select([
      'id',
      'name',
      'address',
      'archivedAt',
      sql<boolean>`latitude is not null`.as('located'),
      family.as('clientName'),
      sql<number>`(select count(*)::int from room r where r.place_id = place.id and r.archived_at is null)`.as('rooms'),
    ])
    .where('archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    // The company's own first.
    .orderBy(sql`client_id is not null`)
    .orderBy(byName('name'))
    .orderBy('id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  return { ...page, rows };
}

export async function getPlace(db: Kysely<DB>, id: string) {
  const place = await db
    .selectFrom('place')
    .leftJoin('client', 'client.id', 'place.clientId')
    .selectAll('place')
    .select('client.name as clientName')
    .where('place.id', '=', id)
    .executeTakeFirst();
  if (!place) throw new DomainError('not_found', 'This place is not there.');
  return place;
}
export type PlaceDetail = Awaited<ReturnType<typeof getPlace>>;

export interface PlacePair {
  id: string;
  name: string;
  latitude: number | null;
  longitude: number | null;
  archived: boolean;
  /** What was entered for the way there; null: nothing. */
  minutes: number | null;
  miles: number | null;
}

/** All other places, by name, each with what was entered for the way between it and this one. */
export async function listPairs(db: Kysely<DB>, placeId: string): Promise<PlacePair[]> {
  const { rows } = await sql<PlacePair>`
    SELECT p.id, p.name, p.latitude::float8 AS latitude, p.longitude::float8 AS longitude, p.archived_at IS NOT NULL AS archived,
           t.minutes, t.miles::float8 AS miles
    FROM place p LEFT JOIN travel_time t ON (t.from_place_id, t.to_place_id) IN ((p.id, ${placeId}::uuid), (${placeId}::uuid, p.id))
    WHERE p.id <> ${placeId} AND (p.archived_at IS NULL OR t.minutes IS NOT NULL)
    ORDER BY p.client_id IS NOT NULL, p.name COLLATE "und-x-icu", p.id
    LIMIT 1000
  `.execute(db);
  return rows;
}

export interface RoomRow {
  id: string;
  name: string;
  capacity: number | null;
  placeName: string | null;
  /** Planned sessions from now on. */
  planned: number;
  archivedAt: Date | null;
}

export async function listRooms(db: Kysely<DB>, filter: ListFilter, now: Date): Promise<ListPage<RoomRow>> {
  const place = sql<string>`(select p.name from place p where p.id = room.place_id)`;
  const where = () => matches(sql<string>`concat_ws(' ', room.name, ${place})`, filter.q);
  const { offset, ...page } = await pageOf(db, 'room', filter, where);
  const rows = await db
    .selectFrom('room')
    .select([
      'id',
      'name',
      'capacity',
      'archivedAt',
      place.as('placeName'),
      sql<number>`(select count(*)::int from session s where s.room_id = room.id and s.ends_at > ${now}
        and s.status in ('requested', 'scheduled'))`.as('planned'),
    ])
    .where('archivedAt', filter.archived ? 'is not' : 'is', null)
    .where(where)
    .orderBy(byName('name'))
    .orderBy('id')
    .limit(PAGE_SIZE)
    .offset(offset)
    .execute();
  return { ...page, rows };
}

export async function getRoom(db: Kysely<DB>, id: string) {
  const room = await db.selectFrom('room').selectAll().where('id', '=', id).executeTakeFirst();
  if (!room) throw new DomainError('not_found', 'This room is not there.');
  return room;
}

export interface PlaceChoice {
  id: string;
  name: string;
  address: string;
  /** Whose home it is; null: the company's, or a school. */
  clientId: string | null;
}

export interface RoomChoice {
  id: string;
  name: string;
  capacity: number | null;
  placeId: string | null;
}

/** Where a session can be: active ones, and those already chosen. */
export async function listWhereChoices(
  db: Kysely<DB>,
  chosen: { placeId?: string | null; roomId?: string | null } = {},
): Promise<{ places: PlaceChoice[]; rooms: RoomChoice[] }> {
  const [places, rooms] = await Promise.all([
    db
      .selectFrom('place')
      .select(['id', 'name', 'address', 'clientId'])
      .where((eb) => eb.or([eb('archivedAt', 'is', null), ...(chosen.placeId ? [eb('id', '=', chosen.placeId)] : [])]))
      .orderBy(sql`client_id is not null`)
      .orderBy(byName('name'))
      .execute(),
    db
      .selectFrom('room')
      .select(['id', 'name', 'capacity', 'placeId'])
      .where((eb) => eb.or([eb('archivedAt', 'is', null), ...(chosen.roomId ? [eb('id', '=', chosen.roomId)] : [])]))
      .orderBy(byName('name'))
      .execute(),
  ]);
  return { places, rooms };
}
