import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { requestBooking } from '#app/domain/booking-requests/request-booking.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type Booked, findBooked } from './booked-queries.server.ts';
import { enrolGuest } from './enrol-guest.server.ts';
import { type Child, getChild } from './family-queries.server.ts';
import { findHold, type HeldPlan, type Hold } from './hold-queries.server.ts';
import { bookingIdOf } from './hold-token.server.ts';
import { findStorefront, type Storefront } from './offer-queries.server.ts';
import { offeredOf, termsOf } from './plan-held.server.ts';
import { priceKey } from './price.ts';
import { tellGuest, welcomeGuest } from './welcome-guest.server.ts';
import { type Booker, whoBooks } from './who-books.server.ts';

export interface ConfirmBookingInput {
  /** Of the hold. What is booked is what is held, whatever else a form says. */
  token: string;
  booker: Booker;
  note: string;
  /** The price the page said, as `priceKey` writes it. */
  priceSeen: string;
}

/**
 * Makes a held time a session, or a request where the office looks first: the hold goes and the booking comes under the
 * same lock. A guest gets records of their own and a mail. With a token that was used already it answers with what that
 * became.
 * @throws DomainError hold_expired, preview_changed when the price is another now, unknown_reference when it is not offered
 *   any more, and as bookSession
 */
export async function confirmBooking(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: ConfirmBookingInput,
): Promise<Booked> {
  try {
    return await inTransaction(db, (trx) => confirm(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function confirm(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: ConfirmBookingInput): Promise<Booked> {
  const { token, booker } = input;
  const child = booker.kind === 'family' ? await getChild(trx, booker.clientIds, booker.studentId) : undefined;
  const hold = await lockHold(trx, token, ctx.clock(), child?.studentId);
  // Two of the same at once: the second waited for the lock, and finds what the first made.
  const before = await findBooked(trx, token);
  if (before) return before;
  if (!hold) throw new DomainError('hold_expired', 'Your time was kept for as long as we could, and has run out.');

  const storefront = await findStorefront(trx, ctx);
  if (!storefront) throw new DomainError('not_found', 'Booking on this page has ended. Nothing was booked.');
  if (hold.kind === 'course') await enrolGuest(trx, ctx, actor, storefront, input);
  else await bookTime(trx, ctx, actor, { storefront, hold, child, input });
  const made = await findBooked(trx, token);
  if (!made) throw new Error('the booking is not there after it was made');
  return made;
}

interface TimeToBook {
  storefront: Storefront;
  hold: Extract<Hold, { kind: 'time' }>;
  child: Child | undefined;
  input: ConfirmBookingInput;
}

async function bookTime(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { storefront, hold, child, input }: TimeToBook,
): Promise<void> {
  const { token, booker } = input;
  const { plan, tutorId, startsAt, endsAt } = hold;
  const offered = offeredOf(storefront, plan, tutorId);
  const terms = await termsOf(trx, ctx, storefront, offered, { ...plan, startsAt, payer: child });
  if (priceKey(terms.price) !== input.priceSeen)
    throw new DomainError('preview_changed', 'The price is another now. Look at it again before you book.', { field: 'price' });

  await trx.deleteFrom('hold').where('id', '=', hold.id).execute();
  const person = await whoBooks(trx, ctx, actor, booker);
  const what = { id: bookingIdOf(token), ...plan, tutorId, location: placeOf(plan.mode, storefront.organisation) };
  if (terms.firm) {
    const studentIds = [person.studentId];
    await bookSession(trx, ctx, actor, {
      ...what,
      studentIds,
      billable: true,
      description: input.note,
      by: 'storefront',
      askedAt: hold.createdAt,
    });
  } else {
    const { clientId, studentId } = person;
    await requestBooking(trx, ctx, actor, { ...what, kind: 'new', source: 'storefront', clientId, studentId, note: input.note });
    const feeSaid = terms.price.kind === 'money' ? terms.price.net : null;
    await trx.updateTable('bookingRequest').set({ feeSaid }).where('id', '=', what.id).execute();
  }
  if (booker.kind === 'guest') {
    const told = { ...person, lesson: offered.subject.name, tutorName: offered.tutor.name, startsAt, endsAt };
    if (terms.firm) await welcomeGuest(trx, ctx, actor, told);
    else await tellGuest(trx, ctx, told, { firm: false });
  }
}

const placeOf = (mode: HeldPlan['mode'], { address }: { address: string }) =>
  mode === 'in_person' ? address.replaceAll('\n', ', ').slice(0, 500) : '';

/**
 * The hold as it is under the locks of its tutor and of the student who is to come; of a course's place under its own row's.
 * Undefined when it has run out.
 */
async function lockHold(trx: Transaction<DB>, token: string, now: Date, studentId?: string): Promise<Hold | undefined> {
  const seen = await findHold(trx, token, now);
  if (!seen) return undefined;
  if (seen.kind === 'time') await lockResources(trx, studentId ? [seen.tutorId, studentId] : [seen.tutorId], now);
  else await trx.selectFrom('hold').select('id').where('id', '=', seen.id).forUpdate().execute();
  const hold = await findHold(trx, token, now);
  const moved = hold?.kind !== seen.kind || (hold.kind === 'time' && seen.kind === 'time' && hold.tutorId !== seen.tutorId);
  return hold && !moved && !hold.expired ? hold : undefined;
}
