import type { ActionFunctionArgs } from '@remix-run/node';
import { authorize } from '#app/auth/authorize.server.ts';
import type { BookingCheckView } from '../office.sessions.new/booking-check-view.ts';
import { bookingInput, canCheck, typedBooking } from '../office.sessions.new/booking-values.ts';
import { checkInWords, rulesFor } from '../office.sessions.new/check-booking.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

interface Answer {
  check: BookingCheckView | null;
}

/** The dry run behind the booking form: writes nothing, and says nothing until enough is chosen. */
export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.book');
  const values = typedBooking(await request.formData());
  if (!canCheck(values)) return Response.json({ check: null } satisfies Answer);
  const who = { user, context, ...(await readerFor(user, context)) };
  const booking = bookingInput(values, rulesFor(who));
  const check = 'input' in booking ? await checkInWords(who, booking.input) : null;
  return Response.json({ check } satisfies Answer);
}
