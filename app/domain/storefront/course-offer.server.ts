import { type Kysely, sql } from 'kysely';
import type { AppContext } from '#app/context.ts';
import { totalsOf } from '#app/domain/billing/tax.ts';
import { coursePrice } from '#app/domain/groups/course-price.ts';
import { type CourseRow, listOpenCourses } from '#app/domain/groups/course-queries.server.ts';
import { findCreditsInstall } from '#app/domain/groups/credits-install.server.ts';
import { effectivePolicy, type Policy } from '#app/domain/organisation/policies.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { Storefront } from './offer-queries.server.ts';
import type { Price } from './price.ts';
import { type Payer, quotePlan } from './quote-plan.server.ts';

export interface OfferedCourse {
  course: CourseRow;
  /** The places that neither somebody has nor a guest keeps; of oneself not counted. */
  placesLeft: number;
  /** For all sessions that are left; of a course without a price, for each of them. */
  price: Price;
  priced: 'whole' | 'each';
  sessions: { id: string; startsAt: Date; endsAt: Date }[];
  mode: 'online' | 'in_person';
  policy: Policy;
}

type CourseContext = Pick<AppContext, 'clock' | 'plugins'>;

/**
 * The courses that the booking page offers, with what they cost who books now. One without a price is charged session by
 * session, and needs a rate; one with a price needs credits, as which it is sold: else it isn't offered.
 */
export async function listCourseOffers(
  db: Kysely<DB>,
  ctx: CourseContext,
  { organisation }: Pick<Storefront, 'organisation'>,
  { courseId, payer, exceptHoldId }: { courseId?: string; payer?: Payer | undefined; exceptHoldId?: string | undefined } = {},
): Promise<OfferedCourse[]> {
  const now = ctx.clock();
  const all = await listOpenCourses(db, now, localDateOf(now, organisation.timezone));
  const courses = courseId ? all.filter((course) => course.id === courseId) : all;
  if (courses.length === 0) return [];
  const credits = await findCreditsInstall(db, ctx);
  const offers = await Promise.all(
    courses.map(async (course): Promise<OfferedCourse | undefined> => {
      const [facts, sessions] = await Promise.all([factsOf(db, course, now, exceptHoldId), sessionsOf(db, course, now)]);
      const [first] = sessions;
      if (!facts || !first) return undefined;
      const whole = coursePrice(course.price, { left: course.left, all: course.sessions }, 'pro_rata');
      if (whole !== null && !credits) return undefined;
      const price =
        whole === null
          ? await eachSession(db, ctx, organisation, { course, facts, first, payer })
          : priceOf(whole, facts.taxPercent);
      if (!price) return undefined;
      return {
        course,
        placesLeft: Math.max(0, course.capacity - course.enrolled - facts.held),
        price,
        priced: whole === null ? 'each' : 'whole',
        sessions,
        mode: facts.mode === 'in_person' ? 'in_person' : 'online',
        policy: effectivePolicy(organisation.policies, facts.policyOverrides),
      };
    }),
  );
  return offers.filter((offer) => offer !== undefined);
}

function priceOf(net: bigint, taxPercent: string): Price {
  const totals = totalsOf([{ net, taxPercent }]);
  return { kind: 'money', net: totals.net, tax: totals.tax, total: totals.total, taxPercent };
}

interface Facts {
  taxPercent: string;
  chargeBasis: string;
  policyOverrides: unknown;
  mode: string;
  held: number;
}

async function factsOf(db: Kysely<DB>, course: CourseRow, now: Date, exceptHoldId?: string): Promise<Facts | undefined> {
  const { rows } = await sql<Facts>`
    SELECT p.tax_percent, p.charge_basis, p.policy_overrides, s.mode,
      (SELECT count(*)::int FROM hold WHERE course_id = ${course.id} AND expires_at > ${now}
        AND id IS DISTINCT FROM ${exceptHoldId ?? null}::uuid) AS held
    FROM series s JOIN program p ON p.id = s.program_id WHERE s.id = ${course.seriesId}`.execute(db);
  return rows[0];
}

async function sessionsOf(db: Kysely<DB>, course: CourseRow, now: Date) {
  return db
    .selectFrom('session')
    .select(['id', 'startsAt', 'endsAt'])
    .where('seriesId', '=', course.seriesId)
    .where('startsAt', '>', now)
    .where('status', '=', 'scheduled')
    .orderBy('startsAt')
    .execute();
}

/** Undefined: there is no rate, so nobody can say what it costs. */
async function eachSession(
  db: Kysely<DB>,
  ctx: CourseContext,
  organisation: Storefront['organisation'],
  {
    course,
    facts,
    first,
    payer,
  }: { course: CourseRow; facts: Facts; first: { startsAt: Date; endsAt: Date }; payer: Payer | undefined },
): Promise<Price | undefined> {
  const { price, refusal } = await quotePlan(db, ctx, organisation, {
    tutorId: course.tutorId,
    programId: course.programId,
    subjectId: course.subjectId,
    durationMinutes: Math.round((first.endsAt.getTime() - first.startsAt.getTime()) / 60_000),
    localDate: localDateOf(first.startsAt, organisation.timezone),
    chargeBasis: facts.chargeBasis === 'split' ? 'split' : 'per_student',
    taxPercent: facts.taxPercent,
    payer,
  });
  return refusal !== undefined || price.kind === 'on_request' ? undefined : price;
}
