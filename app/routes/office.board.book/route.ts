import { type ActionFunctionArgs, data } from '@remix-run/node';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { acceptOnBoard } from '#app/domain/booking-requests/accept-on-board.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { getSession } from '#app/domain/scheduling/session-detail.server.ts';
import { problemOf } from '#app/ui/session-problem.ts';
import { whenOf } from '#app/ui/session-when.ts';
import { withCustom } from '../office.sessions.new/booking-custom.server.ts';
import { bookingInput, canCheck, formField, typedBooking } from '../office.sessions.new/booking-values.ts';
import { checkInWords, rulesFor } from '../office.sessions.new/check-booking.server.ts';
import { textOf } from '../session-pages/act-on-session.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';

/**
 * The booking form in the board's drawer: as the page's, but it answers with the session instead of leading there. With
 * a `requestId` it is how that request is accepted, with an `engagementId` the session belongs to that match.
 */
export async function action({ request, context }: ActionFunctionArgs) {
  const user = await authorize({ request, context }, 'session.book');
  const who = { user, context, ...(await readerFor(user, context)) };
  const form = await request.formData();
  const values = typedBooking(form);
  const booking = await withCustom(who, form, bookingInput(values, rulesFor(who)));
  const none = { booked: null, who: '', warnings: [] as string[], values };
  if ('errors' in booking) {
    const problem = { message: 'This session can’t be booked yet.', errors: booking.errors, clashes: [] };
    return data({ ...none, problem, check: null }, { status: 400 });
  }
  const [requestId, engagementId] = [textOf(form, 'requestId'), textOf(form, 'engagementId')];
  const actor = actorOf(user, context);
  try {
    const { sessionId, warnings = [] } = isId(requestId)
      ? { ...(await acceptOnBoard(context.db, context, actor, requestId, booking.input)), warnings: undefined }
      : await bookSession(context.db, context, actor, { ...booking.input, ...(isId(engagementId) ? { engagementId } : {}) });
    const session = await getSession(context.db, sessionId);
    const { day, time } = whenOf(who.reader, session.startsAt, session.endsAt);
    const names = session.places.map((place) => place.studentName).join(', ');
    return data({
      ...none,
      booked: sessionId,
      who: `${names} booked, ${day}, ${time}, ${session.tutor.name}`,
      warnings: warnings.map(({ message }) => message),
      problem: undefined,
      check: null,
    });
  } catch (error) {
    const { problem, status } = problemOf(error, who.reader);
    const errors = Object.fromEntries(Object.entries(problem.errors).map(([name, message]) => [formField(name), message]));
    const check = canCheck(values) ? await checkInWords(who, booking.input) : null;
    return data({ ...none, problem: { ...problem, errors }, check }, { status });
  }
}
