import type { Insertable, Kysely, Selectable } from 'kysely';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

export async function aSubject(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['subject']>> = {},
): Promise<Selectable<DB['subject']>> {
  return db
    .insertInto('subject')
    .values({ name: `Subject ${nextNumber()}`, ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function aProgram(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['program']>> = {},
): Promise<Selectable<DB['program']>> {
  return db
    .insertInto('program')
    .values({ name: `Program ${nextNumber()}`, ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** 60.00 an hour charged, from 2020 on and for all, unless told. */
export async function aRate(db: Kysely<DB>, over: Partial<Insertable<DB['rate']>> = {}): Promise<Selectable<DB['rate']>> {
  return db
    .insertInto('rate')
    .values({ side: 'charge', amountPerHour: 6000n, validFrom: '2020-01-01', ...over })
    .returningAll()
    .executeTakeFirstOrThrow();
}
