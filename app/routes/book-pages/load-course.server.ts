import type { AppLoadContext } from '@remix-run/node';
import { instantToWall } from '#app/domain/scheduling/wall-time.ts';
import { listCourseOffers, type OfferedCourse } from '#app/domain/storefront/course-offer.server.ts';
import type { Child } from '#app/domain/storefront/family-queries.server.ts';
import type { Hold } from '#app/domain/storefront/hold-queries.server.ts';
import type { Storefront } from '#app/domain/storefront/offer-queries.server.ts';
import { priceKey } from '#app/domain/storefront/price.ts';
import { holdView, policyView } from './hold-view.ts';
import { viewTime } from './view-time.ts';

/** A course as a card of the first page shows it. */
export function viewCourse({ course, placesLeft, price, priced, sessions, mode }: OfferedCourse, zone: string) {
  const walls = sessions.map((session) => instantToWall(session.startsAt, zone));
  return {
    id: course.id,
    name: course.name,
    description: course.description,
    tutorName: course.tutorName,
    placesLeft,
    price,
    priced,
    mode,
    sessions: walls.length,
    begun: course.left < course.sessions,
    first: walls[0] ?? '',
    last: walls.at(-1) ?? '',
  };
}

interface CourseWanted {
  context: AppLoadContext;
  storefront: Storefront;
  courseId: string;
  hold: Hold | undefined;
  children: readonly Child[];
  zone: string;
}

/** One course with its sessions; and, once a place is kept, what is asked and said before booking. */
export async function loadCourse({ context, storefront, courseId, hold, children, zone }: CourseWanted) {
  const { db } = context;
  const find = async (payer?: Child) =>
    (await listCourseOffers(db, context, storefront, { courseId, payer, exceptHoldId: hold?.id }))[0];
  const offer = await find();
  if (!offer) return undefined;
  const { organisation, rules } = storefront;
  const [first] = offer.sessions;
  if (!first) return undefined;
  const course = {
    ...viewCourse(offer, zone),
    times: offer.sessions.map((session) => ({ id: session.id, ...viewTime(session, organisation, zone) })),
  };
  const what = {
    course,
    program: { id: offer.course.programId, name: offer.course.programName, mode: offer.mode, taxPercent: '0' },
    subject: { id: offer.course.subjectId, name: offer.course.name },
    tutor: { id: offer.course.tutorId, name: offer.course.tutorName },
  };
  const firm = rules.storefront.confirm === 'at_once';
  if (hold?.kind !== 'course' || hold.expired || hold.courseId !== courseId)
    return { ...what, step: 'course' as const, holdMinutes: rules.storefront.holdMinutes };
  const terms = (price: OfferedCourse['price']) => ({ price, firm, seen: priceKey(price) });
  return {
    ...what,
    step: 'you' as const,
    minutes: Math.round((first.endsAt.getTime() - first.startsAt.getTime()) / 60_000),
    time: viewTime(first, organisation, zone),
    ...holdView(hold, context.clock()),
    terms: terms(offer.price),
    children: await Promise.all(
      children.map(async (child) => ({
        id: child.studentId,
        name: child.name,
        ...terms((await find(child))?.price ?? offer.price),
      })),
    ),
    policy: policyView(offer.policy, first.startsAt, context.clock(), zone),
  };
}
