import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { listRequestOffers } from '#app/domain/offers/queries.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { beginningOf } from './begin-of.server.ts';
import { viewOffer } from './offer-view.ts';

/** The offers of a request for its page, the latest first, and what of an accepted one is to be booked. */
export async function offersOf(context: AppLoadContext, user: SignedInUser, requestId: string) {
  const { reader } = await readerFor(user, context);
  const offers = await listRequestOffers(context.db, reader.now, { requestId, pay: can(user, 'rates.pay.read') });
  return {
    offers: offers.map((offer) => viewOffer(offer, reader)),
    begin: offers.some((offer) => offer.status === 'accepted') ? await beginningOf(context, reader, { requestId }) : null,
  };
}
