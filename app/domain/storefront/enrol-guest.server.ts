import type { Transaction } from 'kysely';
import { hashToken } from '#app/auth/token.server.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { enrolInCourse } from '#app/domain/groups/enrol-in-course.server.ts';
import { joinWaitingList } from '#app/domain/groups/join-waiting-list.server.ts';
import type { DB } from '#db/types.ts';
import type { ConfirmBookingInput } from './confirm-booking.server.ts';
import { listCourseOffers } from './course-offer.server.ts';
import { getChild } from './family-queries.server.ts';
import { bookingIdOf } from './hold-token.server.ts';
import type { Storefront } from './offer-queries.server.ts';
import { priceKey } from './price.ts';
import { tellGuest, welcomeGuest } from './welcome-guest.server.ts';
import { whoBooks } from './who-books.server.ts';

/**
 * Makes a kept place in a course an enrolment; where the office looks first, a place on its waiting list, from which the
 * office takes them in. The caller has found that the token has not become anything yet.
 * @throws DomainError hold_expired, preview_changed, unknown_reference, and as enrolInCourse
 */
export async function enrolGuest(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  storefront: Storefront,
  input: ConfirmBookingInput,
): Promise<void> {
  const { token, booker } = input;
  const hold = await trx
    .selectFrom('hold')
    .select(['id', 'courseId', 'expiresAt'])
    .where('tokenHash', '=', hashToken(token))
    .executeTakeFirst();
  if (!hold?.courseId || hold.expiresAt <= ctx.clock())
    throw new DomainError('hold_expired', 'Your place was kept for as long as we could, and has run out.');
  const payer = booker.kind === 'family' ? await getChild(trx, booker.clientIds, booker.studentId) : undefined;
  const [offer] = await listCourseOffers(trx, ctx, storefront, { courseId: hold.courseId, payer, exceptHoldId: hold.id });
  if (!offer)
    throw new DomainError('unknown_reference', 'This course is not offered here any more. Choose another.', {
      field: 'courseId',
    });
  if (priceKey(offer.price) !== input.priceSeen)
    throw new DomainError('preview_changed', 'The price is another now. Look at it again before you book.', { field: 'price' });
  const { course, sessions } = offer;
  const person = await whoBooks(trx, ctx, actor, booker);
  const firm = storefront.rules.storefront.confirm === 'at_once';
  const id = bookingIdOf(token);
  if (firm) {
    await enrolInCourse(trx, ctx, actor, {
      id,
      courseId: course.id,
      studentId: person.studentId,
      price: 'pro_rata',
      by: 'storefront',
      exceptHoldId: hold.id,
    });
  } else {
    const note = ['From the booking page', input.note].filter(Boolean).join(': ');
    await joinWaitingList(trx, ctx, actor, {
      id,
      seriesId: course.seriesId,
      studentId: person.studentId,
      note: note.slice(0, 500),
    });
  }
  await trx.deleteFrom('hold').where('id', '=', hold.id).execute();
  const [first] = sessions;
  if (booker.kind !== 'guest' || !first) return;
  const told = { ...person, lesson: course.name, tutorName: course.tutorName, startsAt: first.startsAt, endsAt: first.endsAt };
  if (firm) await welcomeGuest(trx, ctx, actor, told);
  else await tellGuest(trx, ctx, told, { firm: false });
}
