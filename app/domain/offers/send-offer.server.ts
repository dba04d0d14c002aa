import type { Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import { queueOfferMails } from './queue-offer-mails.server.ts';

/** Puts an offer before these tutors, in the caller's transaction: from now on they have `answer_hours` to say yes or no. */
export async function sendOffer(
  trx: Transaction<DB>,
  ctx: DomainContext,
  offerId: string,
  tutorIds: readonly string[],
): Promise<void> {
  if (tutorIds.length === 0) return;
  const now = ctx.clock();
  const { answerHours } = await trx.selectFrom('offer').select('answerHours').where('id', '=', offerId).executeTakeFirstOrThrow();
  await trx
    .updateTable('offerTutor')
    .set({ status: 'sent', sentAt: now, expiresAt: new Date(now.getTime() + answerHours * 3_600_000) })
    .where('offerId', '=', offerId)
    .where('tutorId', 'in', [...tutorIds])
    .where('status', '=', 'waiting')
    .execute();
  await queueOfferMails(trx, ctx, { offerId, event: 'sent', tutorIds });
}
