import { type Kysely, sql } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { backToMatching } from './close-offer.server.ts';
import { lockOffer } from './lock-offer.server.ts';
import { queueOfferMails } from './queue-offer-mails.server.ts';

/**
 * The office takes an offer back: whoever was asked and has not answered is told, the request is worked on again.
 * Withdrawn already: nothing happens.
 * @throws DomainError not_found; conflict when a tutor has accepted it
 */
export async function withdrawOffer(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: { offerId: string; reason?: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const { offer, tutors } = await lockOffer(trx, input.offerId);
    if (offer.status === 'withdrawn' || offer.status === 'exhausted') return;
    if (offer.status === 'accepted')
      throw new DomainError('conflict', 'A tutor has accepted it. End the engagement if it must not begin.');
    const asked = tutors.filter((tutor) => tutor.status === 'sent').map((tutor) => tutor.tutorId);
    await trx
      .updateTable('offerTutor')
      .set({ status: 'withdrawn' })
      .where('offerId', '=', offer.id)
      .where('status', 'in', ['sent', 'waiting'])
      .execute();
    await trx
      .updateTable('offer')
      .set({ status: 'withdrawn', closedAt: ctx.clock(), version: sql<number>`version + 1` })
      .where('id', '=', offer.id)
      .execute();
    await backToMatching(trx, ctx, offer.requestId);
    await audit(trx, actor, {
      action: 'offer.withdraw',
      subjectType: 'offer',
      subjectId: offer.id,
      reason: input.reason?.trim() ?? '',
    });
    await queueOfferMails(trx, ctx, { offerId: offer.id, event: 'withdrawn', tutorIds: asked });
  });
}
