import type { Selectable, Transaction } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';

export interface LockedOffer {
  offer: Selectable<DB['offer']>;
  /** In the order in which they are asked. */
  tutors: Selectable<DB['offerTutor']>[];
  studentId: string;
  clientId: string;
}

/**
 * Takes the request's row, then the offer's: everything that changes an offer stands in line here.
 * @throws DomainError not_found
 */
export async function lockOffer(trx: Transaction<DB>, offerId: string): Promise<LockedOffer> {
  const of = await trx.selectFrom('offer').select('requestId').where('id', '=', offerId).executeTakeFirst();
  if (!of) throw new DomainError('not_found', 'This offer is not there.');
  const request = await trx
    .selectFrom('request')
    .select(['clientId', 'studentId'])
    .where('id', '=', of.requestId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const offer = await trx.selectFrom('offer').selectAll().where('id', '=', offerId).forUpdate().executeTakeFirstOrThrow();
  const tutors = await trx
    .selectFrom('offerTutor')
    .selectAll()
    .where('offerId', '=', offerId)
    .orderBy('position')
    .forUpdate()
    .execute();
  if (!request.studentId || !request.clientId) throw new Error(`the request of offer ${offer.ref} has no student`);
  return { offer, tutors, studentId: request.studentId, clientId: request.clientId };
}
