import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Takes a person's own calendar address back: it is 404 from the next request on. One that is gone already is what was wanted. */
export async function revokeFeed(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  { userId, feedId }: { userId: string; feedId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const revoked = await trx
      .updateTable('calendarFeed')
      .set({ revokedAt: ctx.clock() })
      .where('id', '=', feedId)
      .where('userId', '=', userId)
      .where('revokedAt', 'is', null)
      .returning('scope')
      .executeTakeFirst();
    if (!revoked) return;
    await audit(trx, actor, {
      action: 'calendar_feed.revoke',
      subjectType: 'user',
      subjectId: userId,
      before: { feedId, scope: revoked.scope },
    });
  });
}
