import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { clashOf } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { fulfilRequest } from './fulfil-request.server.ts';
import { checkWaiting, lockRequest } from './lock-request.server.ts';
import type { OwnPlanner } from './planner.server.ts';
import type { BookingRequestRow } from './queries.server.ts';
import { queueRequestMails } from './queue-request-mails.server.ts';

export interface AnswerProposalInput {
  requestId: string;
  version?: number;
  /** The offered start that suits and its tutor; null: none does, and it is open again. */
  take: { startsAt: string; tutorId: string } | null;
  /** With none: what would suit. */
  note?: string;
}

/**
 * The family's answer to offered times: takes one, which is booked then and there, or none. Taking twice answers with the
 * same session.
 * @throws DomainError not_found, forbidden, already_done, invalid_value for a time that was not offered, and the refusals
 *   of bookSession and rescheduleSession: the others stay offered
 */
export async function answerProposal(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  planner: OwnPlanner,
  input: AnswerProposalInput,
): Promise<{ sessionId: string | null }> {
  try {
    return await inTransaction(db, (trx) => respond(trx, ctx, actor, planner, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

/** @throws DomainError not_found for a request that is not theirs */
export function requireOwnRequest(request: BookingRequestRow, planner: OwnPlanner): void {
  const own =
    planner.by === 'tutor'
      ? request.source === 'tutor' && request.tutorId === planner.tutorId
      : request.source !== 'tutor' &&
        (planner.clientIds.includes(request.clientId) || planner.studentIds.includes(request.studentId));
  if (!own) throw new DomainError('not_found', 'This request is not there.');
}

async function respond(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, planner: OwnPlanner, input: AnswerProposalInput) {
  const request = await lockRequest(trx, input.requestId);
  requireOwnRequest(request, planner);
  const { take } = input;
  if (take && request.status === 'accepted') return { sessionId: request.resultSessionId };
  checkWaiting(request, input.version);
  if (request.status !== 'proposed') throw new DomainError('already_done', 'No times are offered to choose from.');
  if (!take) {
    await write(trx, request, { status: 'open', proposals: '[]', ...(input.note ? { note: input.note } : {}) });
    await audit(trx, actor, { ...line(request), action: 'request.refuse_proposal' });
    await queueRequestMails(trx, ctx, request.id, 'asked');
    return { sessionId: null };
  }
  const pays = planner.by === 'tutor' || planner.clientIds.includes(request.clientId);
  if (!pays && request.kind === 'new') throw new DomainError('forbidden', 'Who pays for the lessons chooses the time.');
  const at = new Date(take.startsAt).getTime();
  const offered = request.proposals.find((one) => new Date(one.startsAt).getTime() === at && one.tutorId === take.tutorId);
  if (!offered)
    throw new DomainError('invalid_value', 'This time was not offered. Choose one of those that were.', { field: 'take' });
  const { wallStart, zone, durationMinutes, tutorId, by } = offered;
  const sessionId = await fulfilRequest(trx, ctx, actor, request, { wallStart, zone, durationMinutes, tutorId }, by);
  await write(trx, request, { status: 'accepted', resultSessionId: sessionId });
  await audit(trx, actor, {
    ...line(request),
    action: 'request.take_proposal',
    sessionId,
    after: { startsAt: offered.startsAt, tutorId },
  });
  return { sessionId };
}

const line = (request: BookingRequestRow) => ({
  subjectType: 'booking_request',
  subjectId: request.id,
  sessionId: request.sessionId,
});

async function write(
  trx: Transaction<DB>,
  request: BookingRequestRow,
  columns: { status: string; proposals?: string; note?: string; resultSessionId?: string },
): Promise<void> {
  await trx
    .updateTable('bookingRequest')
    .set({ ...columns, version: request.version + 1 })
    .where('id', '=', request.id)
    .execute();
}
