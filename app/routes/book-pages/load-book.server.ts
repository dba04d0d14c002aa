import { type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { findUser } from '#app/auth/find-user.server.ts';
import { newToken } from '#app/auth/token.server.ts';
import type { DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { timeZones } from '#app/domain/people/fields.ts';
import { addDays, instantToWall, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { findBooked } from '#app/domain/storefront/booked-queries.server.ts';
import { listCourseOffers } from '#app/domain/storefront/course-offer.server.ts';
import { listChildren } from '#app/domain/storefront/family-queries.server.ts';
import { listFreeWeek } from '#app/domain/storefront/free-times.server.ts';
import { findHold, type Hold } from '#app/domain/storefront/hold-queries.server.ts';
import {
  findStorefront,
  type OfferedProgram,
  type OfferedSubject,
  type Storefront,
} from '#app/domain/storefront/offer-queries.server.ts';
import { offeredOf, termsOf } from '#app/domain/storefront/plan-held.server.ts';
import { priceKey } from '#app/domain/storefront/price.ts';
import { offeredPackages } from '../credit-pages/offered-packages.server.ts';
import { type BookState, bookPath } from './book-state.ts';
import { holdView, policyView } from './hold-view.ts';
import { loadCourse, viewCourse } from './load-course.server.ts';
import { readBookState } from './read-book-state.ts';
import { viewTime } from './view-time.ts';

/** What the booking page shows: the first question that has no answer yet. Shared by the page and the widget. */
export async function loadBook({ request, context }: LoaderFunctionArgs, base: string) {
  const { db } = context;
  const state = readBookState(new URL(request.url).searchParams);
  const storefront = await findStorefront(db, context);
  const user = await findUser({ request, context });
  const shared = {
    base,
    state,
    embedded: base !== '/book',
    signedInAs: user && user.clientIds.length > 0 ? user.name : null,
  };
  if (!storefront) return { ...shared, step: 'closed' as const, company: null };
  const { organisation } = storefront;
  const zone = state.zone ?? user?.timezone ?? organisation.timezone;
  const company = {
    name: organisation.name,
    email: organisation.email,
    phone: organisation.phone,
    locale: organisation.locale,
    currency: organisation.currency,
    timezone: organisation.timezone,
    zone,
  };
  const page = { ...shared, company };

  if (state.booked) {
    const booked = await findBooked(db, state.booked);
    if (booked) return { ...page, step: 'done' as const, booked: { ...booked, ...viewTime(booked, organisation, zone) } };
  }
  const children = await listChildren(db, user?.clientIds ?? []);
  if (state.course) {
    if (!state.hold) throw redirect(bookPath(base, state, { hold: newToken() }));
    const hold = await findHold(db, state.hold, context.clock());
    const found = await loadCourse({ context, storefront, courseId: state.course, hold, children, zone });
    if (found) return { ...page, ...found };
  }
  const { program, subject } = chosen(storefront, state);
  if (!program || !subject) {
    const courses = (await listCourseOffers(db, context, storefront)).map((course) => viewCourse(course, zone));
    const lost = lostOf(state, program);
    const packages = await offeredPackages(context);
    return { ...page, step: 'what' as const, programs: storefront.programs.map(viewProgram), courses, packages, lost };
  }
  const tutor = state.tutor === 'any' ? undefined : subject.tutors.find(({ id }) => id === state.tutor);
  const what = {
    course: null,
    program: { id: program.id, name: program.name, mode: program.mode, taxPercent: program.taxPercent },
    subject: { id: subject.id, name: subject.name },
  };
  if (!tutor && state.tutor !== 'any') {
    return { ...page, ...what, step: 'who' as const, tutors: subject.tutors, lost: state.tutor ? LOST_TUTOR : null };
  }
  // The token is in the address before anything is held: going back, reloading and sending twice are all the same guest.
  if (!state.hold) throw redirect(bookPath(base, state, { hold: newToken() }));

  const hold = await findHold(db, state.hold, context.clock());
  const held = hold?.kind === 'time' && !hold.expired && isHeld(hold, state) ? hold : undefined;
  if (held) {
    const you = await loadYou(context, storefront, held, children, zone);
    if (you) return { ...page, ...what, step: 'you' as const, ...you, time: viewTime(held, organisation, zone) };
  }
  const today = localDateOf(context.clock(), zone);
  const minutes = state.minutes && program.durations.includes(state.minutes) ? state.minutes : program.defaultDuration;
  const week = await listFreeWeek(db, context, {
    tutorIds: tutor ? [tutor.id] : subject.tutors.map(({ id }) => id),
    programId: program.id,
    durationMinutes: minutes,
    mode: program.mode,
    studentIds: children.length === 1 && children[0] ? [children[0].studentId] : [],
    zone,
    from: state.week ?? state.day,
    horizonDays: storefront.rules.horizonDays,
    exceptHoldId: hold?.id,
  });
  return {
    ...page,
    ...what,
    step: 'when' as const,
    tutor: tutor ? { id: tutor.id, name: tutor.name } : null,
    minutes,
    durations: program.durations,
    holdMinutes: storefront.rules.storefront.holdMinutes,
    lost: state.start ? (hold?.expired || !hold ? RUN_OUT : null) : null,
    kept:
      hold?.kind === 'time' && !hold.expired
        ? { ...viewTime(hold, organisation, zone), start: hold.plan.wallStart, by: hold.tutorId }
        : null,
    zones: timeZones(zone),
    week: {
      first: week.first,
      earlier: week.first > today ? addDays(week.first, -7) : undefined,
      later: addDays(week.first, 7) <= week.last ? addDays(week.first, 7) : undefined,
      days: week.days.map(({ date, slots }) => ({
        date,
        slots: slots.map((slot) => ({
          start: slot.wallStart,
          startsAt: slot.startsAt.toISOString(),
          tutorId: slot.tutorId,
          tutorName: slot.tutorName,
          wall: instantToWall(slot.startsAt, zone),
        })),
      })),
    },
  };
}

const LOST_TUTOR = 'That tutor can’t be booked here any more for this. Choose another; the rest is kept.';
const RUN_OUT = 'The time that was kept for you has run out. Choose it again if it is still free, or another.';

/** Words for what an old or a changed address names and nobody offers any more. */
function lostOf(state: BookState, program: OfferedProgram | undefined): string | null {
  if (state.course) return 'That course takes nobody in any more. Choose another.';
  if (state.program && !program) return 'That kind of lesson is not offered here any more. Choose another.';
  if (state.subject) return 'That subject is not offered here any more. Choose another.';
  return null;
}

function chosen({ programs }: Storefront, state: BookState) {
  const program = programs.find(({ id }) => id === state.program);
  const subject = program?.subjects.find(({ id }) => id === state.subject);
  return { program, subject };
}

const isHeld = (hold: Extract<Hold, { kind: 'time' }>, state: BookState) =>
  hold.plan.wallStart === state.start &&
  hold.tutorId === state.by &&
  hold.plan.programId === state.program &&
  hold.plan.subjectId === state.subject &&
  (state.minutes === undefined || hold.plan.durationMinutes === state.minutes);

function viewProgram(program: OfferedProgram) {
  const rates = program.subjects.flatMap((subject) => subject.tutors.map((tutor) => tutor.perHour));
  return {
    id: program.id,
    name: program.name,
    description: program.description,
    mode: program.mode,
    taxPercent: program.taxPercent,
    from: leastOf(rates),
    varies: new Set(rates).size > 1,
    subjects: program.subjects.map((subject: OfferedSubject) => ({
      id: subject.id,
      name: subject.name,
      tutors: subject.tutors.length,
    })),
  };
}

function leastOf(rates: readonly (bigint | null)[]): bigint | null {
  let least: bigint | null = null;
  for (const rate of rates) if (rate !== null && (least === null || rate < least)) least = rate;
  return least;
}

async function loadYou(
  context: LoaderFunctionArgs['context'],
  storefront: Storefront,
  hold: Extract<Hold, { kind: 'time' }>,
  children: Awaited<ReturnType<typeof listChildren>>,
  zone: string,
) {
  const ctx: DomainContext & Pick<typeof context, 'db'> = context;
  let offered: ReturnType<typeof offeredOf>;
  try {
    offered = offeredOf(storefront, hold.plan, hold.tutorId);
  } catch (error) {
    if (isDomainError(error)) return undefined;
    throw error;
  }
  const terms = (payer?: (typeof children)[number]) =>
    termsOf(ctx.db, ctx, storefront, offered, {
      startsAt: hold.startsAt,
      durationMinutes: hold.plan.durationMinutes,
      payer,
    });
  const guest = await terms();
  const view = ({ price, firm }: typeof guest) => ({ price, firm, seen: priceKey(price) });
  return {
    tutor: { id: offered.tutor.id, name: offered.tutor.name },
    minutes: hold.plan.durationMinutes,
    ...holdView(hold, ctx.clock()),
    terms: view(guest),
    children: await Promise.all(
      children.map(async (child) => ({ id: child.studentId, name: child.name, ...view(await terms(child)) })),
    ),
    policy: policyView(offered.program.policy, hold.startsAt, ctx.clock(), zone),
  };
}

export type BookPage = Exclude<Awaited<ReturnType<typeof loadBook>>, Response>;
