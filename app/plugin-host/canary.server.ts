import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { type KeyRing, open, type SealedPlace, SealingError, seal } from './sealing.server.ts';

export const canaryPlace: SealedPlace = {
  table: 'key_canary',
  row: 'true',
  path: 'sealed',
};
export const canaryWord = 'lectern';

/**
 * Why the key ring is not the one this database was sealed with, or null when it is. The first boot writes the row: from
 * then on a lost or swapped key is noticed at the start and not at the first call to a provider.
 */
export async function canaryProblem(db: Kysely<DB>, ring: KeyRing): Promise<string | null> {
  await db
    .insertInto('keyCanary')
    .values({ sealed: seal(ring, canaryPlace, canaryWord) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  const { sealed } = await db.selectFrom('keyCanary').select('sealed').executeTakeFirstOrThrow();
  try {
    if (open(ring, canaryPlace, sealed) === canaryWord) return null;
    return 'LECTERN_KEYS opens the key canary to something else: the row was changed by hand.';
  } catch (error) {
    if (!(error instanceof SealingError)) throw error;
    return `LECTERN_KEYS is not the key ring of this database. ${error.message}`;
  }
}
