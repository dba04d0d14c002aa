import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { refusal } from './book-session.server.ts';
import { loadBookingFacts, planProblems, planTime, providerProblem } from './booking-facts.server.ts';
import { blocking } from './booking-problem.ts';
import {
  busyUntil,
  clashOf,
  clashProblems,
  findClashes,
  lockResources,
  type Occupation,
  overruledStudents,
  resourcesOf,
} from './conflicts.server.ts';
import { checkUnpaid, checkVersion, lockSession, whyNotMoved } from './open-session.server.ts';
import type { RescheduleSessionInput } from './session.schema.ts';

/**
 * Moves a session to another time, duration or tutor: the row stays, so its story, its credits and its room's link can.
 * Checked like a new booking, against everything but itself. The policy agreed at booking stays.
 * @throws DomainError as bookSession; conflict when it was changed meanwhile, locked when it is over or closed out
 */
export async function rescheduleSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RescheduleSessionInput,
): Promise<void> {
  try {
    await inTransaction(db, (trx) => move(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function move(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: RescheduleSessionInput): Promise<void> {
  const places = await trx
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', input.sessionId)
    .execute();
  const seen = await trx.selectFrom('session').select('tutorId').where('id', '=', input.sessionId).executeTakeFirst();
  if (!seen) throw new DomainError('not_found', 'This session does not exist.');
  const left = places.filter((place) => isLeft(place.outcome)).map((place) => place.studentId);
  const tutorId = input.tutorId ?? seen.tutorId;
  // Resources before the session, as a booking takes them; the old tutor too, whose calendar this frees.
  await lockResources(trx, [...left, tutorId, seen.tutorId], ctx.clock());
  const session = await lockSession(trx, input.sessionId);
  checkVersion(session, input.version);
  const stuck = whyNotMoved(
    session.status,
    places.map((place) => place.outcome),
  );
  if (stuck) throw new DomainError('locked', stuck);
  await checkUnpaid(trx, session.id);

  const facts = await loadBookingFacts(trx, {
    tutorId,
    programId: session.programId,
    subjectId: session.subjectId,
    studentIds: left,
  });
  const zone = input.zone ?? session.zone;
  const time = planTime({ ...input, zone }, facts.organisation);
  const sameDuration = input.durationMinutes === session.durationMinutes;
  const problems = planProblems(facts, { ...input, studentIds: left }, time, ctx.clock()).filter(
    // A duration it has already may be kept, whatever the settings say now; the people in it were agreed at booking.
    (problem) =>
      !(problem.field === 'durationMinutes' && sameDuration) &&
      problem.field !== 'studentIds' &&
      problem.field !== 'programId' &&
      problem.field !== 'subjectId',
  );
  const meeting = await trx.selectFrom('meeting').select('installId').where('sessionId', '=', session.id).executeTakeFirst();
  if (meeting && tutorId !== session.tutorId) {
    const provider = await providerProblem(trx, ctx, meeting.installId, facts.tutor);
    if (provider) problems.push({ ...provider, field: 'tutorId' });
  }
  if (!time) throw refusal(problems);
  const occupation: Occupation = {
    tutorId,
    bufferMinutes: facts.tutor.bufferMinutes,
    studentIds: left,
    roomId: session.roomId,
    ...time,
  };
  const clashes = await findClashes(trx, occupation, { now: ctx.clock(), exceptSessionId: session.id });
  problems.push(...clashProblems(clashes, input.overruleStudentConflict ?? false));
  if (blocking(problems).length > 0) throw refusal(problems);

  await trx
    .updateTable('session')
    .set((eb) => ({
      tutorId,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      durationMinutes: input.durationMinutes,
      wallStart: input.wallStart,
      zone,
      localDate: time.localDate,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', session.id)
    .execute();
  await occupy(trx, session.id, occupation, overruledStudents(clashes));
  await assessSession(trx, ctx, session.id, { mayRefuse: true });
  await audit(trx, actor, {
    action: 'session.reschedule',
    subjectType: 'session',
    subjectId: session.id,
    sessionId: session.id,
    before: { tutorId: session.tutorId, startsAt: session.startsAt, minutes: session.durationMinutes },
    after: { tutorId, startsAt: time.startsAt, minutes: input.durationMinutes },
  });
  await queueSessionMails(trx, ctx, {
    sessionId: session.id,
    kind: 'changed',
    cause: null,
    before: { startsAt: session.startsAt, endsAt: session.endsAt },
    ...(tutorId === session.tutorId ? {} : { formerTutorId: session.tutorId }),
  });
  // The room is told of the new time, or of the new tutor.
  if (meeting) await planMeeting(trx, ctx, { sessionId: session.id, installId: meeting.installId });
}

/** Who is taken, at the new time, in one statement: the constraint is checked at its end, so a session may move over itself. */
async function occupy(
  trx: Transaction<DB>,
  sessionId: string,
  occupation: Occupation,
  overruled: ReadonlySet<string>,
): Promise<void> {
  const ids = resourcesOf(occupation);
  await trx
    .deleteFrom('sessionResource')
    .where('sessionId', '=', sessionId)
    .where('blocking', '=', true)
    .where('resourceId', '<>', sql<string>`ALL(${ids}::uuid[])`)
    .execute();
  const rows = ids.map(
    (id) =>
      sql`(${sessionId}::uuid, ${id}::uuid, tstzrange(${occupation.startsAt}, ${busyUntil(occupation, id)}), ${!overruled.has(id)}::boolean)`,
  );
  await sql`
    WITH wanted (session_id, resource_id, busy, blocking) AS (VALUES ${sql.join(rows)}),
    moved AS (
      UPDATE session_resource r SET busy = w.busy, blocking = w.blocking FROM wanted w
      WHERE r.session_id = w.session_id AND r.resource_id = w.resource_id RETURNING r.resource_id
    )
    INSERT INTO session_resource (session_id, resource_id, busy, blocking)
    SELECT * FROM wanted WHERE resource_id NOT IN (SELECT resource_id FROM moved)
  `.execute(trx);
}
