import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { engagementOf } from '#app/domain/engagements/find-engagement.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { constraintOf, inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type BookingFacts, locationOf, type PlannedTime } from './booking-facts.server.ts';
import { type BookingProblem, blocking } from './booking-problem.ts';
import { checkCalendars } from './check-calendars.server.ts';
import { clashOf, lockResources, overruledStudents, resourcesOf } from './conflicts.server.ts';
import { insertSession } from './insert-session.server.ts';
import { occupationOf, planBooking } from './plan-booking.server.ts';
import type { BookSessionInput } from './session.schema.ts';

/**
 * Books a session: checks the plan, then under the locks of everyone in it the calendars, then writes it with its places,
 * its credits and its meeting-to-be. Mails and the room follow after commit. With an `id` that is booked already it
 * answers with that session.
 * @throws DomainError of the first blocking problem (tutor_conflict with `details.sessions`, off_grid, insufficient_credits, ...);
 *   `details.problems` has all of them
 */
export async function bookSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: BookSessionInput,
): Promise<{ sessionId: string; warnings: BookingProblem[] }> {
  try {
    return await inTransaction(db, (trx) => book(trx, ctx, actor, input));
  } catch (error) {
    // The same form at the same moment from two tabs: the other one was first.
    if (input.id && constraintOf(error) === 'session_pkey') return { sessionId: input.id, warnings: [] };
    throw clashOf(error) ?? error;
  }
}

async function book(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: BookSessionInput) {
  const { facts, time, installId, problems } = await planBooking(trx, ctx, input);
  if ((input.chargeRateOverride !== undefined || input.payRateOverride !== undefined) && !input.rateOverrideReason) {
    problems.push({
      code: 'invalid_value',
      severity: 'blocking',
      field: 'rateOverrideReason',
      message: 'Say why the rate is set by hand.',
    });
  }
  if (!time) throw refusal(problems);

  const occupation = occupationOf(facts, time);
  await lockResources(trx, resourcesOf(occupation), ctx.clock());
  if (input.id) {
    const there = await trx.selectFrom('session').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return { sessionId: there.id, warnings: [] };
  }
  const { clashes, problems: busy } = await checkCalendars(trx, ctx, {
    occupation,
    programId: facts.program.id,
    place: input.mode === 'in_person' ? facts.place : null,
    by: input.by ?? 'office',
    overruleStudents: input.overruleStudentConflict ?? false,
    startNow: input.startNow !== undefined,
    askedAt: input.askedAt,
  });
  problems.push(...busy);
  if (blocking(problems).length > 0) throw refusal(problems);

  const sessionId = await insertSession(trx, actor, {
    ...newSession(input, facts, time),
    policyVersionId: await policyVersionFor(trx, effectivePolicy(facts.organisation.policies, facts.program.policyOverrides)),
    notBlocking: overruledStudents(clashes),
    engagementId: await engagementOf(trx, { ...input, localDate: time.localDate }, input.engagementId),
  });
  if (installId) await planMeeting(trx, ctx, { sessionId, installId });
  const { flags } = await assessSession(trx, ctx, sessionId, { mayRefuse: input.shortOfCredits !== 'flag', fresh: true });
  const [short] = flags;
  if (short && input.shortOfCredits === 'refuse') throw new DomainError('insufficient_credits', short, { field: 'studentIds' });
  await audit(trx, actor, {
    action: 'session.book',
    subjectType: 'session',
    subjectId: sessionId,
    sessionId,
    after: {
      tutorId: input.tutorId,
      studentIds: input.studentIds,
      startsAt: time.startsAt,
      minutes: input.durationMinutes,
      mode: input.mode,
      billable: input.billable,
      ...(input.startNow ? { instant: true } : {}),
    },
    ...(input.rateOverrideReason ? { reason: input.rateOverrideReason } : {}),
  });
  if (!input.silent) await queueSessionMails(trx, ctx, { sessionId, kind: 'confirmed', cause: null });
  const warnings = problems.concat(flags.map((message) => ({ code: 'insufficient_credits', severity: 'warning', message })));
  return { sessionId, warnings };
}

function newSession(input: BookSessionInput, facts: BookingFacts, time: PlannedTime) {
  const inPerson = input.mode === 'in_person';
  return {
    id: input.id,
    tutorId: facts.tutor.id,
    bufferMinutes: facts.tutor.bufferMinutes,
    programId: facts.program.id,
    subjectId: facts.subject.id,
    places: facts.students.map(({ id, clientId, billingInstallId }) => ({
      studentId: id,
      clientId,
      billingInstallId: input.billingOf?.(id, input.durationMinutes) ?? billingInstallId,
    })),
    wallStart: input.wallStart,
    time,
    durationMinutes: input.durationMinutes,
    mode: input.mode,
    location: input.location || (inPerson ? locationOf(facts) : ''),
    roomId: facts.room?.id ?? null,
    // A room is at its place.
    placeId: inPerson ? (facts.place?.id ?? null) : null,
    capacity: input.capacity ?? null,
    seriesId: input.seriesId ?? null,
    originalDate: input.originalDate ?? null,
    billable: input.billable,
    instant: input.startNow !== undefined,
    title: input.title ?? '',
    description: input.description ?? '',
    plan: input.plan ?? '',
    custom: input.custom,
    chargeRateOverride: input.chargeRateOverride ?? null,
    payRateOverride: input.payRateOverride ?? null,
    rateOverrideReason: input.rateOverrideReason ?? '',
  };
}

const domainCodes = {
  in_the_past: 'invalid_value',
  over_capacity: 'invalid_value',
  not_taught: 'invalid_value',
} as const;

/** The first blocking problem as an error that carries all of them. */
export function refusal(problems: readonly BookingProblem[]): DomainError {
  const [first] = blocking(problems);
  if (!first) throw new Error('nothing blocks this');
  const code =
    first.code in domainCodes
      ? domainCodes[first.code as keyof typeof domainCodes]
      : (first.code as Exclude<typeof first.code, keyof typeof domainCodes>);
  return new DomainError(code, first.message, {
    ...(first.field ? { field: first.field } : {}),
    details: { problems, sessions: first.sessions ?? [] },
  });
}
