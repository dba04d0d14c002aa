import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { findProviderTerms } from '#app/domain/meetings/check-provider.server.ts';
import { leaveMeeting, planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { refusal } from './book-session.server.ts';
import { type BookingFacts, loadBookingFacts, locationOf, type PlannedTime, planTime } from './booking-facts.server.ts';
import { type BookingProblem, blocking } from './booking-problem.ts';
import { checkCalendars } from './check-calendars.server.ts';
import { busyUntil, clashOf, lockResources, type Occupation, overruledStudents, resourcesOf } from './conflicts.server.ts';
import { checkUnpaid, checkVersion, lockSession, whyNotMoved } from './open-session.server.ts';
import { chooseProvider, occupationOf, providerProblems } from './plan-booking.server.ts';
import { planProblems } from './plan-problems.ts';
import type { RescheduleSessionInput } from './session.schema.ts';
import { instantToWall } from './wall-time.ts';

/**
 * Moves a session to another time, duration, tutor, room or place: the row stays, so its story, its credits and its room's
 * link can. Checked like a new booking, against everything but itself. The policy agreed at booking stays. Of a series it
 * becomes one that differs from it.
 * @throws DomainError as bookSession; conflict (details: StaleSession) when it was changed meanwhile, locked when it is over
 *   or closed out
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

type Session = Awaited<ReturnType<typeof lockSession>>;

/** What it is to become: what was asked for, else as it is. */
function targetOf(session: Session, left: string[], input: RescheduleSessionInput) {
  // Another room is at its own place.
  const toOtherRoom = input.roomId !== undefined && input.roomId !== null && input.roomId !== session.roomId;
  const mode = input.mode ?? (session.mode === 'online' ? 'online' : 'in_person');
  return {
    tutorId: input.tutorId ?? session.tutorId,
    programId: session.programId,
    subjectId: session.subjectId,
    studentIds: left,
    mode,
    roomId: input.roomId === undefined ? session.roomId : input.roomId,
    placeId: mode === 'online' ? null : input.placeId === undefined ? (toOtherRoom ? null : session.placeId) : input.placeId,
    wallStart: input.wallStart,
    zone: input.zone ?? session.zone,
    durationMinutes: input.durationMinutes,
    capacity: session.capacity,
  } as const;
}
type Target = ReturnType<typeof targetOf>;

async function move(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: RescheduleSessionInput): Promise<void> {
  const places = await trx
    .selectFrom('attendance')
    .select(['studentId', 'outcome'])
    .where('sessionId', '=', input.sessionId)
    .execute();
  const seen = await trx.selectFrom('session').select(['tutorId', 'roomId']).where('id', '=', input.sessionId).executeTakeFirst();
  if (!seen) throw new DomainError('not_found', 'This session does not exist.');
  const left = places.filter((place) => isLeft(place.outcome)).map((place) => place.studentId);
  // Resources before the session, as a booking takes them; the old tutor and room too, whose calendars this frees.
  const taken = [...left, seen.tutorId, input.tutorId, seen.roomId, input.roomId];
  await lockResources(
    trx,
    taken.filter((id) => id !== null && id !== undefined),
    ctx.clock(),
  );
  const session = await lockSession(trx, input.sessionId);
  await checkVersion(trx, session, input.version);
  const stuck = whyNotMoved(
    session.status,
    places.map((place) => place.outcome),
  );
  if (stuck) throw new DomainError('locked', stuck);
  await checkUnpaid(trx, session.id);

  const target = targetOf(session, left, input);
  const facts = await loadBookingFacts(trx, target);
  const time = planTime(target, facts.organisation);
  const { installId, problems } = await checkTarget(trx, ctx, { session, target, facts, time });
  if (!time) throw refusal(problems);
  const occupation = occupationOf(facts, time);
  const { clashes, problems: busy } = await checkCalendars(trx, ctx, {
    occupation,
    programId: session.programId,
    place: target.mode === 'in_person' ? facts.place : null,
    by: input.by ?? 'office',
    overruleStudents: input.overruleStudentConflict ?? false,
    exceptSessionId: session.id,
  });
  problems.push(...busy);
  if (blocking(problems).length > 0) throw refusal(problems);

  const placeId = target.mode === 'in_person' ? (facts.place?.id ?? null) : null;
  const elsewhere = target.mode !== session.mode || target.roomId !== session.roomId || placeId !== session.placeId;
  await trx
    .updateTable('session')
    .set((eb) => ({
      tutorId: target.tutorId,
      startsAt: time.startsAt,
      endsAt: time.endsAt,
      durationMinutes: target.durationMinutes,
      wallStart: target.wallStart,
      zone: target.zone,
      localDate: time.localDate,
      mode: target.mode,
      roomId: target.roomId,
      placeId,
      location: input.location ?? (elsewhere ? (target.mode === 'online' ? '' : locationOf(facts)) : session.location),
      seriesException: session.seriesException || (session.seriesId !== null && !input.withSeries),
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
    before: {
      tutorId: session.tutorId,
      startsAt: session.startsAt,
      minutes: session.durationMinutes,
      ...(elsewhere ? { mode: session.mode, roomId: session.roomId, placeId: session.placeId } : {}),
      version: session.version,
    },
    after: {
      tutorId: target.tutorId,
      startsAt: time.startsAt,
      minutes: target.durationMinutes,
      ...(elsewhere ? { mode: target.mode, roomId: target.roomId, placeId } : {}),
      version: session.version + 1,
    },
  });
  if (!input.silent) {
    await queueSessionMails(trx, ctx, {
      sessionId: session.id,
      kind: 'changed',
      cause: null,
      before: { startsAt: session.startsAt, endsAt: session.endsAt },
      ...(target.tutorId === session.tutorId ? {} : { formerTutorId: session.tutorId }),
    });
  }
  // The room is told of the new time, or of the new tutor.
  if (installId) await planMeeting(trx, ctx, { sessionId: session.id, installId });
  else if (session.mode === 'online') await leaveMeeting(trx, ctx, session.id);
}

interface Checked {
  session: Session;
  target: Target;
  facts: BookingFacts;
  time: PlannedTime | undefined;
}

/** Its provider from now on, if it takes place online, and what is wrong with the target by itself. */
async function checkTarget(
  trx: Transaction<DB>,
  ctx: DomainContext,
  { session, target, facts, time }: Checked,
): Promise<{ installId: string | undefined; problems: BookingProblem[] }> {
  const meeting = await trx
    .selectFrom('meeting')
    .select(['installId', 'state'])
    .where('sessionId', '=', session.id)
    .executeTakeFirst();
  const kept = session.mode === target.mode ? meeting?.installId : undefined;
  const installId =
    target.mode !== 'online'
      ? kept
      : (kept ?? (session.mode === 'online' ? undefined : await chooseProvider(trx, ctx, facts, target.studentIds.length)));
  const provider = installId ? await findProviderTerms(trx, ctx, installId) : undefined;
  const found = planProblems(facts, target, time, ctx.clock(), provider);
  // What it has already may be kept, whatever the settings say now; the people in it were agreed at booking.
  const kepts: Record<string, boolean> = {
    durationMinutes: target.durationMinutes === session.durationMinutes,
    wallStart: target.zone === session.zone && target.wallStart === instantToWall(session.startsAt, session.zone),
    studentIds: true,
    programId: true,
    subjectId: true,
    roomId: target.roomId === session.roomId,
    placeId: target.placeId === session.placeId,
  };
  const problems = found.filter(({ field = '', severity }) => severity === 'warning' || !kepts[field]);
  const needsRoom = target.tutorId !== session.tutorId || installId !== meeting?.installId;
  return {
    installId,
    problems: needsRoom
      ? problems.concat(providerProblems(provider, facts.tutor, target.studentIds.length, 'tutorId'))
      : problems,
  };
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
