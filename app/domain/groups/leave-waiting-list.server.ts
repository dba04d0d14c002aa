import type { Kysely } from 'kysely';
import type { Actor } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { lockWaiting } from './lock-waiting.server.ts';

/** Takes somebody off a waiting list, or answers an offer with no. Off it already: nothing happens. @throws DomainError not_found */
export async function leaveWaitingList(db: Kysely<DB>, actor: Actor, input: { waitingId: string }): Promise<void> {
  await inTransaction(db, async (trx) => {
    const entry = await lockWaiting(trx, input.waitingId).catch((error: unknown) => {
      if (isDomainError(error, 'conflict')) return undefined;
      throw error;
    });
    if (!entry) return;
    await trx.updateTable('waitingList').set({ status: 'left' }).where('id', '=', entry.id).execute();
    await audit(trx, actor, {
      action: 'waiting_list.leave',
      subjectType: entry.seriesId ? 'series' : 'session',
      subjectId: entry.seriesId ?? entry.sessionId,
      sessionId: entry.sessionId,
      after: { studentId: entry.studentId },
    });
  });
}
