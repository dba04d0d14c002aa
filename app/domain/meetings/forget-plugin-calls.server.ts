import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

/** Long enough to look into what went wrong last week. */
export const CALLS_KEPT_DAYS = 7;

/** Forgets what was asked of providers and what they said. Safe to repeat. */
export async function forgetPluginCalls(db: Kysely<DB>, ctx: Pick<DomainContext, 'clock'>): Promise<void> {
  const before = new Date(ctx.clock().getTime() - CALLS_KEPT_DAYS * 86_400_000);
  await sql`DELETE FROM plugin_call WHERE at < ${before}`.execute(db);
}
