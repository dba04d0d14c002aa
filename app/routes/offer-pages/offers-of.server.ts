import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listRequestOffers } from '#app/domain/offers/queries.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { viewOffer } from './offer-view.ts';

/** The offers of a request for its page, the latest first. */
export async function offersOf(context: AppLoadContext, user: SignedInUser, requestId: string) {
  const { reader } = await readerFor(user, context);
  const offers = await listRequestOffers(context.db, reader.now, { requestId, pay: can(user, 'rates.pay.read') });
  return offers.map((offer) => viewOffer(offer, reader));
}
