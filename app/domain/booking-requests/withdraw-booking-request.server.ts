import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { requireOwnRequest } from './answer-proposal.server.ts';
import { checkWaiting, lockRequest } from './lock-request.server.ts';
import type { OwnPlanner } from './planner.server.ts';
import { queueRequestMails } from './queue-request-mails.server.ts';

/** Takes back what was asked for; again changes nothing. @throws DomainError not_found, already_done when it was answered */
export async function withdrawBookingRequest(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  { requestId }: { requestId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const request = await lockRequest(trx, requestId);
    requireOwnRequest(request, planner);
    if (request.status === 'withdrawn') return;
    checkWaiting(request, undefined);
    await trx
      .updateTable('bookingRequest')
      .set({ status: 'withdrawn', version: request.version + 1 })
      .where('id', '=', request.id)
      .execute();
    await audit(trx, actor, {
      action: 'request.withdraw',
      subjectType: 'booking_request',
      subjectId: request.id,
      sessionId: request.sessionId,
    });
    await queueRequestMails(trx, ctx, request.id, 'withdrawn');
  });
}
