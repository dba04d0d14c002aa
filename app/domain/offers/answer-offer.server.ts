import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { createEngagement } from '#app/domain/engagements/create-engagement.server.ts';
import { DomainError, isDomainError } from '#app/domain/errors.ts';
import { moveRequest } from '#app/domain/requests/move-request.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { carryOn } from './close-offer.server.ts';
import { setPairRate } from './engagement-rates.server.ts';
import { type LockedOffer, lockOffer } from './lock-offer.server.ts';
import { type OfferTerms, readOfferTerms } from './offer.schema.ts';
import { queueOfferMails } from './queue-offer-mails.server.ts';

export interface OfferAnswer {
  offerId: string;
  tutorId: string;
  answer: { kind: 'accept' } | { kind: 'decline'; reason: string };
}

/**
 * A tutor's yes or no. The first yes makes the engagement with its rates and who may schedule, closes the request as won and
 * tells the office, the family and whoever else was asked; a later yes is told that somebody was first. The same answer
 * again does nothing.
 * @throws DomainError not_found (not asked); conflict (somebody was first, it ran out, was withdrawn, or was answered
 *   otherwise); invalid_value when the engagement can't be made: the tutor was archived, or no longer teaches the subject
 */
export async function answerOffer(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { offerId, tutorId, answer }: OfferAnswer,
): Promise<{ engagementId: string | null }> {
  return inTransaction(db, async (trx) => {
    // An engagement locks its two people first: before the request's row, as everywhere.
    if (answer.kind === 'accept') await lockPair(trx, ctx, offerId, tutorId);
    const locked = await lockOffer(trx, offerId);
    const own = locked.tutors.find((tutor) => tutor.tutorId === tutorId);
    if (!own || own.status === 'waiting') throw new DomainError('not_found', 'This offer is not there.');
    const said = answer.kind === 'accept' ? 'accepted' : 'declined';
    if (own.status === said) return { engagementId: said === 'accepted' ? locked.offer.engagementId : null };
    const now = ctx.clock();
    // Until the job comes by it still says "sent".
    const late = own.status === 'sent' && own.expiresAt !== null && new Date(own.expiresAt) <= now;
    if (own.status !== 'sent' || late) throw overFor(late ? 'expired' : own.status);
    await trx
      .updateTable('offerTutor')
      .set({ status: said, answeredAt: now, declineReason: answer.kind === 'decline' ? answer.reason.trim() : '' })
      .where('offerId', '=', offerId)
      .where('tutorId', '=', tutorId)
      .execute();
    if (answer.kind === 'decline') {
      await audit(trx, actor, {
        action: 'offer.decline',
        subjectType: 'offer',
        subjectId: offerId,
        after: { tutorId },
      });
      await carryOn(trx, ctx, locked);
      return { engagementId: null };
    }
    return { engagementId: await engage(trx, ctx, actor, locked, tutorId) };
  });
}

async function lockPair(trx: Transaction<DB>, ctx: DomainContext, offerId: string, tutorId: string): Promise<void> {
  const of = await trx
    .selectFrom('offer')
    .innerJoin('request', 'request.id', 'offer.requestId')
    .select('request.studentId')
    .where('offer.id', '=', offerId)
    .executeTakeFirst();
  if (of?.studentId) await lockResources(trx, [tutorId, of.studentId], ctx.clock());
}

async function engage(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { offer, studentId, clientId }: LockedOffer,
  tutorId: string,
): Promise<string> {
  const terms = readOfferTerms(offer.terms);
  const tutor = await trx.selectFrom('tutor').select('status').where('id', '=', tutorId).executeTakeFirstOrThrow();
  if (tutor.status !== 'active') inTheirWords(new DomainError('invalid_value', 'You are not an active tutor any more.'));
  const pair = { tutorId, studentId, programId: offer.programId, subjectId: offer.subjectId };
  const { id: engagementId } = await createEngagement(trx, ctx, actor, {
    ...pair,
    whoMaySchedule: offer.whoMaySchedule as 'office' | null,
    hoursPerWeek: hoursOf(terms),
    defaultMinutes: terms.sessionMinutes,
    startsOn: terms.startsOn,
    endsOn: terms.endsOn,
    notes: '',
  }).catch(inTheirWords);
  await trx.updateTable('engagement').set({ requestId: offer.requestId }).where('id', '=', engagementId).execute();
  const unset: string[] = [];
  for (const [side, amountPerHour] of [
    ['charge', offer.chargeRate],
    ['pay', offer.payRate],
  ] as const) {
    if (amountPerHour === null) continue;
    if (!(await setPairRate(trx, ctx, actor, { ...pair, side, amountPerHour, from: terms.startsOn }))) unset.push(side);
  }
  const others = await trx
    .updateTable('offerTutor')
    .set({ status: sql<string>`CASE status WHEN 'sent' THEN 'lost' ELSE 'withdrawn' END` })
    .where('offerId', '=', offer.id)
    .where('status', 'in', ['sent', 'waiting'])
    .returning(['tutorId', 'status'])
    .execute();
  await trx
    .updateTable('offer')
    .set({ status: 'accepted', engagementId, closedAt: ctx.clock(), version: sql<number>`version + 1` })
    .where('id', '=', offer.id)
    .execute();
  await trx.updateTable('client').set({ status: 'active' }).where('id', '=', clientId).where('status', '=', 'prospect').execute();
  await audit(trx, actor, {
    action: 'offer.accept',
    subjectType: 'offer',
    subjectId: offer.id,
    after: { tutorId, engagementId, ...(unset.length > 0 ? { ratesLeftAsTheyWere: unset } : {}) },
  });
  await moveRequest(trx, ctx, actor, { id: offer.requestId, to: { kind: 'won' } });
  await queueOfferMails(trx, ctx, { offerId: offer.id, event: 'accepted', tutorIds: [tutorId] });
  const lost = others.filter((other) => other.status === 'lost').map((other) => other.tutorId);
  await queueOfferMails(trx, ctx, { offerId: offer.id, event: 'lost', tutorIds: lost });
  return engagementId;
}

/** "1.50", or null while the times are open. */
function hoursOf({ times, sessionMinutes }: OfferTerms): string | null {
  return times.length === 0 ? null : ((times.length * sessionMinutes) / 60).toFixed(2);
}

/** A tutor can mend nothing of what the office left: they are told whom to ask. */
function inTheirWords(error: unknown): never {
  if (!isDomainError(error)) throw error;
  throw new DomainError('conflict', `${error.message} Nothing was accepted: please ask the office.`, { cause: error });
}

function overFor(status: string): DomainError {
  const words: Record<string, string> = {
    accepted: 'You have accepted this offer.',
    declined: 'You have declined this offer. Ask the office if you would take it after all.',
    lost: 'Somebody else accepted this offer a moment before you.',
    expired: 'The time to answer this offer is over. Ask the office if it is still open.',
    withdrawn: 'The office has withdrawn this offer.',
  };
  return new DomainError('conflict', words[status] ?? 'This offer is over.', { details: { status } });
}
