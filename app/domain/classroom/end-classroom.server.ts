import type { Kysely } from 'kysely';
import type { Actor, AppContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockRoom } from './enter-classroom.server.ts';

/** Over for all, before its time or after: nobody comes in any more, and the board stays readable. Twice is as good as once. */
export async function endClassroom(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'clock'>,
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const now = ctx.clock();
    const room = await lockRoom(trx, sessionId, now);
    if (room.endedAt) return;
    await trx.updateTable('classroom').set({ endedAt: now, endedBy: actor.userId }).where('sessionId', '=', sessionId).execute();
    await audit(trx, actor, {
      ...{ action: 'classroom.end', subjectType: 'session', subjectId: sessionId, sessionId },
      after: { endedAt: now },
    });
  });
}

/** Ended by mistake: whoever ended it may open it again until the session's time is over. */
export async function reopenClassroom(
  db: Kysely<DB>,
  ctx: Pick<AppContext, 'clock'>,
  actor: Actor,
  { sessionId }: { sessionId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const room = await lockRoom(trx, sessionId, ctx.clock());
    if (!room.endedAt) return;
    await trx.updateTable('classroom').set({ endedAt: null, endedBy: null }).where('sessionId', '=', sessionId).execute();
    await audit(trx, actor, {
      ...{ action: 'classroom.reopen', subjectType: 'session', subjectId: sessionId, sessionId },
      before: { endedAt: room.endedAt },
    });
  });
}
