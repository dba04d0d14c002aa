import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import type { DB } from '#db/types.ts';
import { carryOn } from './close-offer.server.ts';
import { lockOffer } from './lock-offer.server.ts';
import { queueOfferMails } from './queue-offer-mails.server.ts';

/**
 * Tutors who are archived, no longer active, or must not be given a student, are asked nothing any more (about that
 * student), in the caller's transaction: who has not answered is told, and each offer goes on with those who are left, or
 * is exhausted and the office told.
 */
export async function leaveOffers(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  tutorIds: readonly string[],
  { studentId }: { studentId?: string } = {},
): Promise<void> {
  if (tutorIds.length === 0) return;
  const open = await trx
    .selectFrom('offerTutor')
    .innerJoin('offer', 'offer.id', 'offerTutor.offerId')
    .innerJoin('request', 'request.id', 'offer.requestId')
    .select('offer.id')
    .distinct()
    .where('offerTutor.tutorId', 'in', [...tutorIds])
    .where('offerTutor.status', 'in', ['sent', 'waiting'])
    .where('offer.status', '=', 'open')
    .$if(studentId !== undefined, (query) => query.where('request.studentId', '=', studentId ?? ''))
    .orderBy('offer.id')
    .execute();
  for (const { id } of open) {
    const locked = await lockOffer(trx, id);
    const asked = locked.tutors.filter((tutor) => tutor.status === 'sent' && tutorIds.includes(tutor.tutorId));
    const left = await trx
      .updateTable('offerTutor')
      .set({ status: 'withdrawn' })
      .where('offerId', '=', id)
      .where('tutorId', 'in', [...tutorIds])
      .where('status', 'in', ['sent', 'waiting'])
      .returning('tutorId')
      .execute();
    if (left.length === 0) continue;
    await audit(trx, actor, {
      action: 'offer.leave',
      subjectType: 'offer',
      subjectId: id,
      after: { tutorIds: left.map((tutor) => tutor.tutorId) },
    });
    await queueOfferMails(trx, ctx, { offerId: id, event: 'withdrawn', tutorIds: asked.map((tutor) => tutor.tutorId) });
    await carryOn(trx, ctx, locked);
  }
}
