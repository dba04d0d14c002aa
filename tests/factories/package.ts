import type { Insertable, Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

/** A package on sale: ten credits for 400.00. */
export async function aPackage(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['package']>> = {},
): Promise<{ id: string; name: string }> {
  return db
    .insertInto('package')
    .values({ name: `Ten lessons ${nextNumber()}`, credits: 1000n, price: 40_000n, ...over })
    .returning(['id', 'name'])
    .executeTakeFirstOrThrow();
}
