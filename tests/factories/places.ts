import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

/** In the middle of Dublin unless told. */
export async function aPlace(db: Kysely<DB>, over: Partial<Insertable<DB['place']>> = {}): Promise<Selectable<DB['place']>> {
  return db
    .insertInto('place')
    .values({ name: `Place ${nextNumber()}`, latitude: '53.3438', longitude: '-6.2546', ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function aRoom(db: Kysely<DB>, over: Partial<Insertable<DB['room']>> = {}): Promise<Selectable<DB['room']>> {
  return db
    .insertInto('room')
    .values({ name: `Room ${nextNumber()}`, ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}
