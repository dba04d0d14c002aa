import type { Kysely } from 'kysely';
import { hashToken } from '#app/auth/token.server.ts';
import type { DB } from '#db/types.ts';

/** Gives a guest's time back before it runs out. A token that holds nothing changes nothing. */
export async function releaseHold(db: Kysely<DB>, token: string): Promise<void> {
  await db.deleteFrom('hold').where('tokenHash', '=', hashToken(token)).execute();
}
