import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { readMatchingRules } from '#app/domain/matching/matching-rules.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { carryOn } from './close-offer.server.ts';
import { lockOffer } from './lock-offer.server.ts';
import { queueOfferMails } from './queue-offer-mails.server.ts';

/**
 * What time does to offers: who has not answered is reminded before the end, whose time is over has let it run out, and
 * the next in turn is asked. Each offer in a transaction of its own; safe to run twice at once.
 * @returns how many answers ran out, and how many tutors were reminded
 */
export async function advanceOffers(db: Kysely<DB>, ctx: DomainContext): Promise<{ expired: number; reminded: number }> {
  const now = ctx.clock();
  const { matching } = await db.selectFrom('organisation').select('matching').executeTakeFirstOrThrow();
  const remindFrom = new Date(now.getTime() + readMatchingRules(matching).remindHours * 3_600_000);
  const due = await db
    .selectFrom('offerTutor')
    .select('offerId')
    .distinct()
    .where('status', '=', 'sent')
    .where((eb) => eb.or([eb('expiresAt', '<=', now), eb.and([eb('expiresAt', '<', remindFrom), eb('remindedAt', 'is', null)])]))
    .execute();
  let [expired, reminded] = [0, 0];
  for (const { offerId } of due) {
    await inTransaction(db, async (trx) => {
      const locked = await lockOffer(trx, offerId);
      const over = await trx
        .updateTable('offerTutor')
        .set({ status: 'expired' })
        .where('offerId', '=', offerId)
        .where('status', '=', 'sent')
        .where('expiresAt', '<=', now)
        .returning('tutorId')
        .execute();
      const { requestId } = locked.offer;
      for (const { tutorId } of over) {
        await raiseTask(trx, ctx, { event: 'offer_unanswered', key: `${offerId}:${tutorId}`, about: { requestId } });
      }
      const ahead = await trx
        .updateTable('offerTutor')
        .set({ remindedAt: now })
        .where('offerId', '=', offerId)
        .where('status', '=', 'sent')
        .where('remindedAt', 'is', null)
        .where('expiresAt', '<', remindFrom)
        // Nobody is reminded of what they have only just got.
        .where(sql<boolean>`${now} - sent_at > (expires_at - sent_at) / 4`)
        .returning('tutorId')
        .execute();
      await queueOfferMails(trx, ctx, { offerId, event: 'reminder', tutorIds: ahead.map((tutor) => tutor.tutorId) });
      if (over.length > 0) await carryOn(trx, ctx, locked);
      expired += over.length;
      reminded += ahead.length;
    });
  }
  return { expired, reminded };
}
