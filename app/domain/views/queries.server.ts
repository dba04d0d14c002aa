import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';

export type ViewPage = 'board' | 'calendar' | 'sessions';

export interface SavedView {
  id: string;
  name: string;
  /** The page's address after the question mark, without dates. */
  search: string;
  shared: boolean;
  own: boolean;
  /** Who made it, of one that somebody else shares. */
  by: string;
}

/** A person's own views of a page and those the office shares, by name. */
export async function listViews(db: Kysely<DB>, userId: string, page: ViewPage): Promise<SavedView[]> {
  return db
    .selectFrom('savedView as v')
    .innerJoin('users as u', 'u.id', 'v.userId')
    .select(['v.id', 'v.name', 'v.search', 'v.shared'])
    .select(sql<boolean>`v.user_id = ${userId}`.as('own'))
    .select(sql<string>`coalesce(nullif(u.name, ''), u.email)`.as('by'))
    .where('v.page', '=', page)
    .where((eb) => eb.or([eb('v.userId', '=', userId), eb('v.shared', '=', true)]))
    .orderBy('v.name')
    .orderBy('v.id')
    .execute();
}
