import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';

/** The same database, and how many queries were asked of it so far: a page that asks one for each row shows in it. */
export function countQueries(db: Kysely<DB>): { db: Kysely<DB>; count(): number } {
  let count = 0;
  const counted = db.withPlugin({
    transformQuery({ node }) {
      count += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { db: counted, count: () => count };
}
