import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';

export interface FeedRow {
  id: string;
  name: string;
  scope: string;
  createdAt: Date;
  lastReadAt: Date | null;
}

/** A person's calendar addresses that still hold, the newest first. */
export async function listFeeds(db: Kysely<DB>, userId: string): Promise<FeedRow[]> {
  return db
    .selectFrom('calendarFeed')
    .select(['id', 'name', 'scope', 'createdAt', 'lastReadAt'])
    .where('userId', '=', userId)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
}
