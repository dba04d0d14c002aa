import { type ActionFunctionArgs, data, redirect } from '@remix-run/node';
import { actorOf } from '#app/auth/authorize.server.ts';
import { findUser } from '#app/auth/find-user.server.ts';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { inTheSameTime } from '#app/auth/same-time.server.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import type { Actor } from '#app/context.ts';
import { type DomainError, isDomainError, statusOf } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { confirmBooking } from '#app/domain/storefront/confirm-booking.server.ts';
import { listCourseOffers } from '#app/domain/storefront/course-offer.server.ts';
import { familySchema, guestSchema } from '#app/domain/storefront/guest.schema.ts';
import { holdCourse } from '#app/domain/storefront/hold-course.server.ts';
import { findHold } from '#app/domain/storefront/hold-queries.server.ts';
import { holdSlot } from '#app/domain/storefront/hold-slot.server.ts';
import { findStorefront } from '#app/domain/storefront/offer-queries.server.ts';
import { offeredOf } from '#app/domain/storefront/plan-held.server.ts';
import type { Booker } from '#app/domain/storefront/who-books.server.ts';
import { type FormAnswer, readForm, typed } from '#app/ui/form-answer.ts';
import { type BookState, bookPath } from './book-state.ts';
import { readBookState } from './read-book-state.ts';

export type BookAnswer = FormAnswer & {
  /** Said in a calm tone: nothing is wrong, look once more. */
  notice?: string;
};

/** What a form may weigh: names, a note and what was chosen. */
const MOST_BYTES = 20_000;
/** Nobody types a name and an address in less. */
const LEAST_MS = 2_000;

const answer = (values: Record<string, string>, status: number, over: Partial<BookAnswer>) =>
  data<BookAnswer>({ errors: {}, values, ...over }, { status });

/** Keeping a time, and confirming it. Both answer on the page of the time that is kept, with all that was typed. */
export async function actOnBook(args: ActionFunctionArgs, base: string) {
  const { request } = args;
  const length = Number(request.headers.get('Content-Length') ?? 0);
  if (!(length <= MOST_BYTES)) throw new Response('That is more than this form takes.', { status: 413 });
  const state = readBookState(new URL(request.url).searchParams);
  const form = await request.formData();
  const values = keptValues(form);
  const user = await findUser(args);
  if (form.get('intent') === 'confirm') return confirm(args, base, state, form, values, user);
  return keep(args, base, state, values);
}

type Context = ActionFunctionArgs['context'];

async function keep({ context }: ActionFunctionArgs, base: string, state: BookState, values: Record<string, string>) {
  const refused = await keepTime(context, state);
  if (refused) return answer(values, refused.status, { message: refused.message });
  // What was typed before the time was lost goes on in the form, since no address should hold it.
  if (Object.keys(values).length > 0)
    return answer(values, 200, { notice: 'This time is kept for you. Look once more, and book.' });
  throw redirect(bookPath(base, state));
}

/** Holds the time that the address names. Returns why not. */
async function keepTime(context: Context, state: BookState): Promise<{ status: number; message: string } | undefined> {
  const { db } = context;
  const { hold, start, by, program, subject, course } = state;
  if (course && hold) return keepPlace(context, course, hold);
  if (!hold || !start || !by || !program || !subject) {
    return { status: 400, message: 'This time can’t be read from the address. Choose one of the times below.' };
  }
  const from = networkOf(context.clientIp);
  const wait = await countTry(db, [
    { limit: 'holdAddress', of: from },
    { limit: 'holdToken', of: hold },
  ]);
  if (wait !== undefined) return { status: 429, message: waitMessage(wait) };
  const storefront = await findStorefront(db, context);
  if (!storefront) return { status: 404, message: 'Booking on this page has ended.' };
  try {
    const found = storefront.programs.find(({ id }) => id === program);
    const durationMinutes = state.minutes ?? found?.defaultDuration ?? 0;
    const plan = { programId: program, subjectId: subject, durationMinutes };
    const offered = offeredOf(storefront, plan, by);
    const zone = storefront.organisation.timezone;
    await holdSlot(db, context, {
      token: hold,
      from,
      tutorId: offered.tutor.id,
      plan: { ...plan, mode: offered.program.mode, wallStart: start, zone },
    });
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { status: statusOf(error), message: inWords(error) };
  }
}

async function keepPlace(context: Context, courseId: string, token: string) {
  const from = networkOf(context.clientIp);
  const wait = await countTry(context.db, [
    { limit: 'holdAddress', of: from },
    { limit: 'holdToken', of: token },
  ]);
  if (wait !== undefined) return { status: 429, message: waitMessage(wait) };
  try {
    const storefront = await findStorefront(context.db, context);
    const offers = storefront ? await listCourseOffers(context.db, context, storefront, { courseId }) : [];
    if (offers.length === 0) return { status: 404, message: 'That course takes nobody in any more. Choose another.' };
    await holdCourse(context.db, context, { token, from, courseId });
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { status: statusOf(error), message: error.message };
  }
}

async function confirm(
  args: ActionFunctionArgs,
  base: string,
  state: BookState,
  form: FormData,
  values: Record<string, string>,
  user: SignedInUser | null,
) {
  const { context } = args;
  const { db } = context;
  const token = readBookState(new URLSearchParams({ hold: String(form.get('hold') ?? '') })).hold;
  if (!token) return answer(values, 400, { message: 'This form has lost the time it was for. Choose one of the times below.' });
  const asFamily = user !== null && user.clientIds.length > 0 && form.has('studentId');
  const read = asFamily ? readForm(familySchema, form) : readForm(guestSchema, form);
  if (!read.ok) return data<BookAnswer>({ ...read, values }, { status: 400 });
  const trap = await machineMessage(context, form, token);
  if (trap) return answer(values, 400, { message: trap });
  const email = 'email' in read.value ? read.value.email : (user?.email ?? '');
  const wait = await countTry(db, [
    { limit: 'bookAddress', of: networkOf(context.clientIp) },
    { limit: 'bookMail', of: email },
  ]);
  if (wait !== undefined) return answer(values, 429, { message: waitMessage(wait) });

  const organisation = await getOrganisation(db);
  const booker: Booker =
    'studentId' in read.value
      ? { kind: 'family', clientIds: user?.clientIds ?? [], studentId: read.value.studentId }
      : { kind: 'guest', guest: read.value, timezone: state.zone && state.zone !== organisation.timezone ? state.zone : null };
  const actor: Actor = asFamily ? actorOf(user, context) : { userId: null, kind: 'guest', requestId: context.requestId };
  const price = booker.kind === 'family' ? form.get(`price:${booker.studentId}`) : form.get('price');
  const input = { token, booker, note: read.value.note, priceSeen: String(price ?? '').slice(0, 80) };
  try {
    // Whether the address is known here shows in the mails alone, not in how long this takes.
    await inTheSameTime(() => confirmBooking(db, context, actor, input));
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'hold_expired') return keepAnew(context, { ...state, hold: token }, values);
    if (error.code === 'preview_changed') return answer(values, 409, { notice: error.message });
    if (error.field === 'studentId') return data<BookAnswer>({ errors: { studentId: error.message }, values }, { status: 400 });
    return answer(values, statusOf(error), { message: inWords(error) });
  }
  throw redirect(bookPath(base, state.zone ? { zone: state.zone } : {}, { booked: token }));
}

/** The time ran out while they typed: it is kept once more if it is still free, and they look once more. */
async function keepAnew(context: Context, state: BookState, values: Record<string, string>) {
  const refused = await keepTime(context, state);
  if (refused) {
    const message = `The time that was kept for you has run out, and it can’t be had again: ${refused.message} What you typed is kept.`;
    return answer(values, 409, { message });
  }
  return answer(values, 409, {
    notice:
      'The time that was kept for you had run out. It was still free, so we keep it for you again: look once more, and book.',
  });
}

/** Two quiet questions that a person never answers wrong; who is held up wrongly is told how to go on. */
async function machineMessage(context: Context, form: FormData, token: string): Promise<string | undefined> {
  if (String(form.get('website') ?? '') !== '')
    return 'A field that nobody sees was filled in, as machines do. It is empty now: send the form once more.';
  const hold = await findHold(context.db, token, context.clock());
  if (hold && context.clock().getTime() - hold.createdAt.getTime() < LEAST_MS)
    return 'That was faster than anybody types. Look at what is written here, and send it once more.';
  return undefined;
}

const TYPED = ['name', 'email', 'phone', 'student', 'grade', 'note', 'studentId'] as const;

/** What a person typed, of a form that may have been tampered with. */
function keptValues(form: FormData): Record<string, string> {
  const values = typed(form);
  return Object.fromEntries(TYPED.flatMap((name) => (values[name] ? [[name, values[name].slice(0, 2000)]] : [])));
}

/** To somebody from outside: what to do, and nothing of who is there instead. */
function inWords(error: DomainError): string {
  if (error.code === 'tutor_conflict') return 'This time has just been taken. Choose another one; all the rest is kept.';
  if (error.code === 'student_conflict') return 'There is another session at this time already. Choose another one.';
  if (error.code === 'off_grid') return 'Nothing can begin at this minute. Choose one of the times below.';
  if (error.code === 'provider_not_connected') return 'This tutor can’t teach online just now. Choose another tutor or time.';
  if (
    ['outside_availability', 'time_off', 'closed', 'too_soon', 'beyond_horizon', 'over_limit', 'travel_conflict'].includes(
      error.code,
    )
  )
    return 'This time can’t be booked (any more). Choose one of the times below.';
  return error.message;
}
