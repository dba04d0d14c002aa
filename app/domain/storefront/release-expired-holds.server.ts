import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

/** Deletes the holds that have run out, and with them what they took. Returns how many. */
export async function releaseExpiredHolds(db: Kysely<DB>, ctx: Pick<DomainContext, 'clock'>): Promise<number> {
  const gone = await db.deleteFrom('hold').where('expiresAt', '<=', ctx.clock()).executeTakeFirst();
  return Number(gone.numDeletedRows);
}
