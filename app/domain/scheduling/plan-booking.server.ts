import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { findProviderTerms, type ProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { defaultProviderFor } from '#app/domain/meetings/default-provider.server.ts';
import type { Organisation } from '#app/domain/organisation/queries.server.ts';
import type { DB } from '#db/types.ts';
import { type BookingFacts, loadBookingFacts, type PlannedTime, planTime } from './booking-facts.server.ts';
import type { BookingProblem } from './booking-problem.ts';
import type { Occupation } from './conflicts.server.ts';
import { planProblems } from './plan-problems.ts';
import type { BookSessionInput } from './session.schema.ts';

export interface BookingPlan {
  facts: BookingFacts;
  /** Undefined: a clock change skips the time; `problems` says so. */
  time: PlannedTime | undefined;
  /** The meeting provider of an online session. */
  installId: string | undefined;
  /** What is wrong with it before anyone's calendar is asked. */
  problems: BookingProblem[];
}

/** What a booking comes to before clashes and money: the dry run and the booking itself begin with the same. */
export async function planBooking(db: Kysely<DB>, ctx: DomainContext, input: BookSessionInput): Promise<BookingPlan> {
  const facts = await loadBookingFacts(db, input);
  const time = planTime(input, facts.organisation);
  const students = Math.max(input.studentIds.length, input.capacity ?? 0);
  const installId = input.mode === 'online' ? await chooseProvider(db, ctx, facts, students, input.meetingInstallId) : undefined;
  const provider = installId ? await findProviderTerms(db, ctx, installId) : undefined;
  const problems = planProblems(facts, input, time, ctx.clock(), provider);
  return { facts, time, installId, problems: problems.concat(providerProblems(provider, facts.tutor, students)) };
}

/**
 * The meeting provider of an online session, by what is closest: the booking, the program, else the usual one that is large
 * enough.
 */
export async function chooseProvider(
  db: Kysely<DB>,
  ctx: DomainContext,
  facts: { program: Pick<BookingFacts['program'], 'meetingInstallId'>; organisation: Pick<Organisation, 'meetingInstallId'> },
  students: number,
  installId?: string | undefined,
): Promise<string | undefined> {
  const chosen = installId ?? facts.program.meetingInstallId;
  return chosen ?? defaultProviderFor(db, ctx, { installId: facts.organisation.meetingInstallId, students });
}

/** Why the tutor can't be given a room at the provider, or not with so many students, as problems of the booking. */
export function providerProblems(
  provider: ProviderTerms | undefined,
  tutor: BookingFacts['tutor'],
  students: number,
  field = 'meetingInstallId',
): BookingProblem[] {
  const problems: BookingProblem[] = [];
  const missing = provider?.problemFor(tutor);
  if (missing !== undefined) problems.push({ code: 'provider_not_connected', severity: 'blocking', field, message: missing });
  const tooMany = provider?.tooManyFor(students);
  if (tooMany !== undefined)
    problems.push({ code: 'over_capacity', severity: 'blocking', field: 'meetingInstallId', message: tooMany });
  return problems;
}

/** Who would be taken, and when. */
export function occupationOf(
  { tutor, students, room }: BookingFacts,
  time: Pick<PlannedTime, 'startsAt' | 'endsAt'>,
): Occupation {
  return {
    tutorId: tutor.id,
    bufferMinutes: tutor.bufferMinutes,
    studentIds: students.map((student) => student.id),
    roomId: room?.id ?? null,
    startsAt: time.startsAt,
    endsAt: time.endsAt,
  };
}
