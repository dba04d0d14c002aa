import { sql, type Transaction } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { getStageOfKind } from '#app/domain/requests/stages.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import type { DB } from '#db/types.ts';
import type { LockedOffer } from './lock-offer.server.ts';
import { queueOfferMails } from './queue-offer-mails.server.ts';
import { sendOffer } from './send-offer.server.ts';

/**
 * After somebody declined or let it run out, in the caller's transaction: the next in turn is asked, and when nobody is
 * left the offer is exhausted and the office told. Reads the rows anew, so that it comes right whatever was changed.
 */
export async function carryOn(trx: Transaction<DB>, ctx: DomainContext, { offer }: LockedOffer): Promise<void> {
  // Nobody is asked who isn't active any more.
  await trx
    .updateTable('offerTutor')
    .from('tutor')
    .set({ status: 'withdrawn' })
    .whereRef('tutor.id', '=', 'offerTutor.tutorId')
    .where('offerTutor.offerId', '=', offer.id)
    .where('offerTutor.status', '=', 'waiting')
    .where((eb) => eb.or([eb('tutor.status', '!=', 'active'), eb('tutor.archivedAt', 'is not', null)]))
    .execute();
  const tutors = await trx
    .selectFrom('offerTutor')
    .select(['tutorId', 'status'])
    .where('offerId', '=', offer.id)
    .orderBy('position')
    .execute();
  if (tutors.some((tutor) => tutor.status === 'sent')) return;
  const next = tutors.find((tutor) => tutor.status === 'waiting');
  if (next) {
    await sendOffer(trx, ctx, offer.id, [next.tutorId]);
    return;
  }
  await trx
    .updateTable('offer')
    .set({ status: 'exhausted', closedAt: ctx.clock(), version: sql<number>`version + 1` })
    .where('id', '=', offer.id)
    .execute();
  await backToMatching(trx, ctx, offer.requestId);
  await raiseTask(trx, ctx, { event: 'offer_exhausted', key: offer.id, about: { requestId: offer.requestId } });
  await queueOfferMails(trx, ctx, { offerId: offer.id, event: 'exhausted' });
}

/** A request whose offer came to nothing is worked on again: it stands where it stood in no stage of offers. */
export async function backToMatching(trx: Transaction<DB>, ctx: DomainContext, requestId: string): Promise<void> {
  const stage = await trx
    .selectFrom('request')
    .innerJoin('requestStage', 'requestStage.id', 'request.stageId')
    .select('requestStage.kind')
    .where('request.id', '=', requestId)
    .executeTakeFirstOrThrow();
  if (stage.kind !== 'offered') return;
  const working = await getStageOfKind(trx, 'working');
  await trx.updateTable('request').set({ stageId: working.id, stageSince: ctx.clock() }).where('id', '=', requestId).execute();
}
