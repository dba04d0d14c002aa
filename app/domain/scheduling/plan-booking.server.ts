import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { findProviderTerms, type ProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
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
  const installId = input.mode === 'online' ? await chooseProvider(db, ctx, facts, input.meetingInstallId) : undefined;
  const provider = installId ? await findProviderTerms(db, ctx, installId) : undefined;
  const problems = planProblems(facts, input, time, ctx.clock(), provider);
  return { facts, time, installId, problems: problems.concat(providerProblems(provider, facts.tutor)) };
}

/** The meeting provider of an online session, by what is closest: the booking, the program, the organisation, the first usable one. */
export async function chooseProvider(
  db: Kysely<DB>,
  ctx: DomainContext,
  facts: { program: Pick<BookingFacts['program'], 'meetingInstallId'>; organisation: Pick<Organisation, 'meetingInstallId'> },
  installId?: string | undefined,
): Promise<string | undefined> {
  return (
    installId ??
    facts.program.meetingInstallId ??
    facts.organisation.meetingInstallId ??
    (await ctx.plugins.defaultInstall(db, 'meeting'))?.id
  );
}

/** Why the tutor can't be given a room at the provider, as a problem of the booking. */
export function providerProblems(
  provider: ProviderTerms | undefined,
  tutor: BookingFacts['tutor'],
  field = 'meetingInstallId',
): BookingProblem[] {
  const message = provider?.problemFor(tutor);
  return message === undefined ? [] : [{ code: 'provider_not_connected', severity: 'blocking', field, message }];
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
