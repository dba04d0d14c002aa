import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { isReady, type Readiness } from './readiness.ts';

/**
 * Keeps what somebody's own browser found, for a session or in general, in place of what it found before: the last check
 * counts, so saving twice is as good as once. It is their own note and no decision, so the log has no line of it.
 */
export async function saveReadiness(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  { userId, sessionId, result }: { userId: string; sessionId: string | null; result: Readiness },
): Promise<{ ok: boolean }> {
  const ok = isReady(result);
  await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('readinessCheck')
      .where('userId', '=', userId)
      .where('sessionId', sessionId === null ? 'is' : '=', sessionId)
      .execute();
    await trx
      .insertInto('readinessCheck')
      .values({ userId, sessionId, checkedAt: ctx.clock(), ok, result: JSON.stringify(result) })
      .execute();
  });
  return { ok };
}
