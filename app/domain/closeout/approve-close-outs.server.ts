import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { queueSummaryMails } from './queue-summary-mails.server.ts';

interface Approving {
  sessionIds: readonly string[];
  /** By the session's id, of the close-outs as they were read: one that was written anew since is not approved unseen. */
  versions?: ReadonlyMap<string, number>;
}

export interface Approved {
  approved: string[];
  /** There was nothing to approve: it is approved already, or back with its tutor. */
  skipped: string[];
  refused: { sessionId: string; error: DomainError }[];
}

/**
 * Approves close-outs, each in a transaction of its own, so that one that was changed meanwhile holds up no other.
 * Approving an approved one does nothing.
 */
export async function approveCloseOuts(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: Approving): Promise<Approved> {
  const result: Approved = { approved: [], skipped: [], refused: [] };
  for (const sessionId of new Set(input.sessionIds)) {
    const approve = async (trx: Transaction<DB>) => {
      await lockSession(trx, sessionId);
      await checkVersion(trx, sessionId, input.versions?.get(sessionId));
      const row = await trx
        .updateTable('closeOut')
        .set((eb) => ({ status: 'approved', approvedAt: ctx.clock(), approvedBy: actor.userId, version: eb('version', '+', 1) }))
        .where('sessionId', '=', sessionId)
        .where('status', '=', 'submitted')
        .returning('sessionId')
        .executeTakeFirst();
      if (!row) return false;
      await assessSession(trx, ctx, sessionId);
      if (actor.kind === 'user' && !actor.at) await queueSummaryMails(trx, ctx, sessionId);
      await audit(trx, actor, { action: 'closeout.approve', subjectType: 'session', subjectId: sessionId, sessionId });
      return true;
    };
    try {
      result[(await inTransaction(db, approve)) ? 'approved' : 'skipped'].push(sessionId);
    } catch (error) {
      // Within somebody's transaction the half of it that was written can't be taken back here.
      if (db.isTransaction || !isDomainError(error)) throw error;
      result.refused.push({ sessionId, error });
    }
  }
  return result;
}

async function checkVersion(trx: Transaction<DB>, sessionId: string, seen: number | undefined): Promise<void> {
  if (seen === undefined) return;
  const row = await trx
    .selectFrom('closeOut')
    .select(['version', 'status'])
    .where('sessionId', '=', sessionId)
    .executeTakeFirst();
  if (row?.status === 'sent_back') throw new DomainError('conflict', 'It went back to its tutor meanwhile.');
  if (row?.status === 'submitted' && row.version !== seen)
    throw new DomainError('conflict', 'It was written anew since you looked: read it again, then approve it.');
}
