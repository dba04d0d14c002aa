import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import { clashOf } from '#app/domain/scheduling/conflicts.server.ts';
import { wallToInstant } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { DecideBookingRequestInput, OfferedTime, Proposal } from './booking-request.schema.ts';
import { fulfilRequest } from './fulfil-request.server.ts';
import { checkWaiting, lockRequest } from './lock-request.server.ts';
import type { BookingRequestRow } from './queries.server.ts';
import { queueRequestMails } from './queue-request-mails.server.ts';

/** Who answers: the office, or the tutor it was routed to. */
export type Decider = { by: 'office' } | { by: 'tutor'; tutorId: string };

/**
 * Answers a request. Accepting books, moves or cancels through the use cases of the pages, under their locks: of two
 * requests for one time the second is refused with what it clashes with, and still waits for another answer. Declining
 * says why; proposing offers other times, of which the family takes one; a tutor can pass it on to the office. Accepting
 * twice (a double click) answers with the same session.
 * @throws DomainError not_found, forbidden (not this tutor's), already_done, conflict, and whatever bookSession,
 *   rescheduleSession and cancelSession refuse; of a proposed time that can't be booked, at the field `times.N`
 */
export async function decideBookingRequest(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: DecideBookingRequestInput,
  decider: Decider = { by: 'office' },
): Promise<{ sessionId: string | null }> {
  try {
    return await inTransaction(db, (trx) => decide(trx, ctx, actor, input, decider));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function decide(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: DecideBookingRequestInput,
  decider: Decider,
) {
  const request = await lockRequest(trx, input.requestId);
  checkDecider(request, decider);
  const { decision } = input;
  if (decision.kind === 'accept' && request.status === 'accepted') return { sessionId: request.resultSessionId };
  checkWaiting(request, input.version);
  switch (decision.kind) {
    case 'accept': {
      const { kind: _, ...chosen } = decision;
      if (decider.by === 'tutor' && chosen.tutorId && chosen.tutorId !== decider.tutorId)
        throw new DomainError('forbidden', 'Only the office gives it to another tutor.', { field: 'tutorId' });
      const sessionId = await fulfilRequest(trx, ctx, actor, request, chosen, decider.by);
      await answer(trx, ctx, actor, request, 'accept', { status: 'accepted', resultSessionId: sessionId });
      return { sessionId };
    }
    case 'decline':
      await answer(trx, ctx, actor, request, 'decline', { status: 'declined', answer: decision.reason });
      await queueRequestMails(trx, ctx, request.id, 'declined');
      return { sessionId: null };
    case 'propose': {
      const proposals = await checkProposals(trx, ctx, request, decision.times, decider);
      const text = decision.note ?? '';
      await answer(trx, ctx, actor, request, 'propose', {
        status: 'proposed',
        answer: text,
        proposals: JSON.stringify(proposals),
      });
      await queueRequestMails(trx, ctx, request.id, 'proposed');
      return { sessionId: null };
    }
    case 'pass_on':
      if (request.routedTo === 'office') return { sessionId: null };
      await answer(trx, ctx, actor, request, 'pass_on', { status: 'open', routedTo: 'office', answer: decision.note ?? '' });
      await queueRequestMails(trx, ctx, request.id, 'asked');
      return { sessionId: null };
  }
}

function checkDecider(request: BookingRequestRow, decider: Decider): void {
  if (decider.by === 'office') return;
  if (request.tutorId !== decider.tutorId) throw new DomainError('not_found', 'This request is not there.');
  if (request.routedTo !== 'tutor') throw new DomainError('forbidden', 'The office answers this request.');
}

interface Answer {
  status: 'open' | 'accepted' | 'declined' | 'proposed';
  answer?: string;
  proposals?: string;
  resultSessionId?: string;
  routedTo?: 'office';
}

async function answer(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  request: BookingRequestRow,
  verb: string,
  columns: Answer,
): Promise<void> {
  await trx
    .updateTable('bookingRequest')
    .set({
      ...columns,
      ...(columns.status === 'open' ? {} : { decidedBy: actor.userId, decidedAt: ctx.clock() }),
      version: request.version + 1,
    })
    .where('id', '=', request.id)
    .execute();
  await audit(trx, actor, {
    action: `request.${verb}`,
    subjectType: 'booking_request',
    subjectId: request.id,
    sessionId: columns.resultSessionId ?? request.sessionId,
    after: { kind: request.kind, ...columns, answer: undefined },
  });
}

/** Each can be booked as things stand; nothing is kept free for it. */
async function checkProposals(
  trx: Transaction<DB>,
  ctx: DomainContext,
  request: BookingRequestRow,
  times: readonly OfferedTime[],
  decider: Decider,
): Promise<Proposal[]> {
  if (request.kind === 'cancel')
    throw new DomainError('invalid_value', 'They want to cancel: accept it, or decline and say why.', { field: 'times' });
  const proposals: Proposal[] = [];
  for (const [i, time] of times.entries()) {
    const field = `times.${i}`;
    const zone = time.zone ?? request.zone;
    const tutorId = decider.by === 'tutor' ? decider.tutorId : (time.tutorId ?? request.tutorId);
    if (!tutorId) throw new DomainError('invalid_value', 'Choose a tutor.', { field });
    const check = await checkBooking(trx, ctx, {
      tutorId,
      studentIds: [request.studentId],
      programId: request.programId,
      subjectId: request.subjectId,
      wallStart: time.wallStart,
      zone,
      durationMinutes: time.durationMinutes,
      mode: request.mode ?? 'online',
      ...(request.placeId ? { placeId: request.placeId } : {}),
      billable: true,
      by: decider.by,
      exceptSessionId: request.sessionId ?? undefined,
    });
    const kept = request.kind === 'move' ? (field?: string) => field === 'durationMinutes' : () => false;
    const [stuck] = blocking(check.problems).filter((problem) => problem.code !== 'insufficient_credits' && !kept(problem.field));
    const startsAt = wallToInstant(time.wallStart, zone);
    if (stuck)
      throw new DomainError('invalid_value', stuck.message, {
        field,
        details: { problems: check.problems, sessions: stuck.sessions ?? [] },
      });
    if (!startsAt || startsAt <= ctx.clock()) throw new DomainError('invalid_value', 'This time has passed.', { field });
    proposals.push({
      startsAt: startsAt.toISOString(),
      wallStart: time.wallStart.slice(0, 16),
      zone,
      durationMinutes: time.durationMinutes,
      tutorId,
      by: decider.by,
    });
  }
  return proposals;
}
