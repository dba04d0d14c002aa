import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

/**
 * Runs a report's statement without PostgreSQL's compiler: by its estimate a year is worth compiling, and that alone takes
 * longer than reading it.
 */
export function plannedPlainly<T>(db: Kysely<DB>, read: (db: Kysely<DB>) => Promise<T>): Promise<T> {
  return db
    .transaction()
    .setAccessMode('read only')
    .execute(async (trx) => {
      await sql`SET LOCAL jit = off`.execute(trx);
      return read(trx);
    });
}
