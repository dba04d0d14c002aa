import { type Selectable, sql, type Transaction } from 'kysely';
import type { Collection, DB } from '#db/types.ts';

export type CollectionRow = Selectable<Collection>;

/** The client's row first, as everywhere. */
export async function lockCollection(trx: Transaction<DB>, id: string): Promise<CollectionRow | undefined> {
  await sql`SELECT 1 FROM client WHERE id = (SELECT client_id FROM collection WHERE id = ${id}::uuid) FOR NO KEY UPDATE`.execute(
    trx,
  );
  return trx.selectFrom('collection').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}
