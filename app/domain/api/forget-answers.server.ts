import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';

/** Nobody tries a write again after so long. */
export const ANSWERS_KEPT_DAYS = 7;

/** Forgets what writes through keys were answered with. Safe to repeat. */
export async function forgetAnswers(db: Kysely<DB>, ctx: Pick<DomainContext, 'clock'>): Promise<void> {
  const before = new Date(ctx.clock().getTime() - ANSWERS_KEPT_DAYS * 86_400_000);
  await sql`DELETE FROM api_idempotency WHERE created_at < ${before}`.execute(db);
}
