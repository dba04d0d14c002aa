import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';

/** One's own; what is gone already stays gone. */
export async function deleteView(db: Kysely<DB>, userId: string, id: string): Promise<void> {
  await db.deleteFrom('savedView').where('id', '=', id).where('userId', '=', userId).execute();
}
