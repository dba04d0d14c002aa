import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import type { DB } from '#db/types.ts';
import {
  type BookingFacts,
  chooseProvider,
  loadBookingFacts,
  type PlannedTime,
  planProblems,
  planTime,
  providerProblem,
} from './booking-facts.server.ts';
import type { BookingProblem } from './booking-problem.ts';
import type { Occupation } from './conflicts.server.ts';
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
  const problems = planProblems(facts, input, time, ctx.clock());
  const installId = input.mode === 'online' ? await chooseProvider(db, ctx, facts, input.meetingInstallId) : undefined;
  const provider = installId ? await providerProblem(db, ctx, installId, facts.tutor) : undefined;
  if (provider) problems.push(provider);
  return { facts, time, installId, problems };
}

/** Who would be taken, and when. */
export function occupationOf({ tutor, students }: BookingFacts, time: PlannedTime): Occupation {
  return {
    tutorId: tutor.id,
    bufferMinutes: tutor.bufferMinutes,
    studentIds: students.map((student) => student.id),
    startsAt: time.startsAt,
    endsAt: time.endsAt,
  };
}
