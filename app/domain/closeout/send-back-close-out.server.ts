import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueSentBackMail } from '#app/domain/messages/queue-sent-back-mail.server.ts';
import { checkUnlocked, lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/**
 * Gives a close-out back to the tutor with a reason: the session is open again, and nothing is charged or paid for it
 * until it is closed out anew. What the tutor wrote is kept, and the tutor told by mail what to change.
 * @throws DomainError invalid_value without a reason, locked, not_found
 */
export async function sendBackCloseOut(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { sessionId: string; reason: string },
): Promise<void> {
  const reason = input.reason.trim();
  if (!reason) throw new DomainError('invalid_value', 'Tell the tutor what to change.', { field: 'reason' });
  await inTransaction(db, async (trx) => {
    await lockSession(trx, input.sessionId);
    await checkUnlocked(trx, input.sessionId, { closingOut: true });
    const row = await trx
      .updateTable('closeOut')
      .set((eb) => ({
        status: 'sent_back',
        sentBackReason: reason,
        sentBackAt: ctx.clock(),
        approvedAt: null,
        approvedBy: null,
        version: eb('version', '+', 1),
      }))
      .where('sessionId', '=', input.sessionId)
      .where('status', '<>', 'sent_back')
      .returning('version')
      .executeTakeFirst();
    if (!row) throw new DomainError('already_done', 'There is no close-out to send back.');
    await assessSession(trx, ctx, input.sessionId);
    await audit(trx, actor, {
      action: 'closeout.send_back',
      subjectType: 'session',
      subjectId: input.sessionId,
      sessionId: input.sessionId,
      reason,
    });
    await queueSentBackMail(trx, ctx, { sessionId: input.sessionId, reason, version: row.version });
  });
}
