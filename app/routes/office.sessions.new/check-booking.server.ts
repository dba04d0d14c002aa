import type { AppLoadContext } from '@remix-run/node';
import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { isDomainError } from '#app/domain/errors.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import { checkBooking } from '#app/domain/scheduling/check-booking.server.ts';
import type { BookSessionInput } from '#app/domain/scheduling/session.schema.ts';
import type { Reader } from '#app/ui/session-when.ts';
import { type BookingCheckView, viewCheck } from './booking-check-view.ts';

export interface Booker {
  user: SignedInUser;
  context: AppLoadContext;
  organisation: Organisation;
  reader: Reader;
}

/** What this person may set and see of the money of a booking. */
export function rulesFor({ user, organisation }: Pick<Booker, 'user' | 'organisation'>) {
  return {
    currency: organisation.currency,
    maySetCharge: can(user, 'rates.manage'),
    maySetPay: can(user, 'rates.manage') && can(user, 'rates.pay.read'),
  };
}

/** The dry run in words; null where a reference names nothing (any more), which saving says at its field. */
export async function checkInWords(
  { user, context, organisation, reader }: Booker,
  input: BookSessionInput & { exceptSessionId?: string },
): Promise<BookingCheckView | null> {
  try {
    const result = await checkBooking(context.db, context, input);
    const sight = {
      reader,
      currency: organisation.currency,
      charge: can(user, 'rates.charge.read'),
      pay: can(user, 'rates.pay.read'),
    };
    return viewCheck(result, sight);
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}
