import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Approves close-outs, each in a transaction of its own, so that one that was changed meanwhile holds up no other.
 * Approving an approved one does nothing.
 * @returns the sessions approved now, and those that had nothing to approve
 */
export async function approveCloseOuts(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { sessionIds: readonly string[] },
): Promise<{ approved: string[]; skipped: string[] }> {
  const approved: string[] = [];
  const skipped: string[] = [];
  for (const sessionId of new Set(input.sessionIds)) {
    const done = await inTransaction(db, async (trx) => {
      await lockSession(trx, sessionId);
      const row = await trx
        .updateTable('closeOut')
        .set((eb) => ({ status: 'approved', approvedAt: ctx.clock(), approvedBy: actor.userId, version: eb('version', '+', 1) }))
        .where('sessionId', '=', sessionId)
        .where('status', '=', 'submitted')
        .returning('sessionId')
        .executeTakeFirst();
      if (!row) return false;
      await assessSession(trx, ctx, sessionId);
      await audit(trx, actor, { action: 'closeout.approve', subjectType: 'session', subjectId: sessionId, sessionId });
      return true;
    });
    (done ? approved : skipped).push(sessionId);
  }
  return { approved, skipped };
}
