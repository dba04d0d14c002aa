import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import type { ViewPage } from './queries.server.ts';
import type { ViewInput } from './view.schema.ts';

/** Keeps what a person looks at under a name; the same name again overwrites it, so that sending it twice keeps one. */
export async function saveView(
  db: Kysely<DB>,
  userId: string,
  page: ViewPage,
  { name, search, shared }: ViewInput,
): Promise<{ id: string }> {
  return db
    .insertInto('savedView')
    .values({ userId, page, name, search, shared })
    .onConflict((conflict) => conflict.columns(['userId', 'page', 'name']).doUpdateSet({ search, shared }))
    .returning('id')
    .executeTakeFirstOrThrow();
}
