import type { Kysely } from 'kysely';
import { readSchedulingRules } from '#app/domain/scheduling/scheduling-rules.ts';
import type { DB } from '#db/types.ts';

/** The origins that may show the booking page within theirs (empty: any); undefined where there is none to show. */
export async function findEmbedOrigins(db: Kysely<DB>): Promise<string[] | undefined> {
  const row = await db.selectFrom('organisation').select('scheduling').executeTakeFirst();
  if (!row) return undefined;
  const { enabled, embedOrigins } = readSchedulingRules(row.scheduling).storefront;
  return enabled ? [...new Set(embedOrigins.map((address) => new URL(address).origin).filter(isWeb))] : undefined;
}

const isWeb = (origin: string) => /^https?:\/\//.test(origin);
