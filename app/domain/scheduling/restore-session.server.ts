import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { waiveAbsences } from '#app/domain/make-ups/waive-absences.server.ts';
import { fitMeeting } from '#app/domain/meetings/fit-meeting.server.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { refusal } from './book-session.server.ts';
import { loadBookingFacts } from './booking-facts.server.ts';
import { blocking } from './booking-problem.ts';
import { checkCalendars } from './check-calendars.server.ts';
import { busyUntil, clashOf, clashProblems, lockResources, type Occupation, overruledStudents } from './conflicts.server.ts';
import { checkRoomFor } from './group-capacity.server.ts';
import { bumpVersion, checkUnpaid, lockSession } from './open-session.server.ts';
import { occupationOf } from './plan-booking.server.ts';

export interface RestoreSessionInput {
  sessionId: string;
  /** Whose place; all that were cancelled, if absent. */
  studentIds?: readonly string[] | undefined;
  overruleStudentConflict?: boolean | undefined;
  /** No mail: the caller tells of everything at once. */
  silent?: boolean | undefined;
}

/**
 * Takes a cancellation back, as if it had not been: the places are planned again, whoever was freed is taken again, and
 * a late fee, credits and pay follow, and one of the term's free ones or a make-up that it took is given back. Only while the time is still free for everyone in it and nothing of it was billed.
 * What was said stays in the session's story.
 * @throws DomainError not_found; already_done when nothing of it is cancelled; locked when it was booked again, closed
 *   out, billed or paid; tutor_conflict, student_conflict, room_conflict (details.sessions); invalid_value when the group
 *   is full meanwhile; insufficient_credits when the credits that came back are used
 */
export async function restoreSession(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: RestoreSessionInput,
): Promise<void> {
  try {
    await inTransaction(db, (trx) => restore(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function restore(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: RestoreSessionInput): Promise<void> {
  const taken = await trx.selectFrom('sessionResource').select('resourceId').where('sessionId', '=', input.sessionId).execute();
  await lockResources(
    trx,
    taken.map((row) => row.resourceId),
    ctx.clock(),
  );
  const session = await lockSession(trx, input.sessionId);
  const places = await trx
    .selectFrom('attendance')
    .leftJoin('charge', (join) => join.onRef('charge.attendanceId', '=', 'attendance.id'))
    .select(['attendance.id', 'attendance.studentId', 'outcome', 'attendance.replacedById', 'leftOut', 'charge.runId'])
    .where('sessionId', '=', session.id)
    .execute();
  const wanted = input.studentIds && new Set(input.studentIds);
  const back = places.filter((place) => !isLeft(place.outcome) && (!wanted || wanted.has(place.studentId)));
  if (back.length === 0) throw new DomainError('already_done', 'None of this is cancelled.');
  await checkRestorable(trx, session, back);

  const studentIds = [...new Set(back.map((place) => place.studentId))];
  const left = new Set(places.filter((place) => isLeft(place.outcome)).map((place) => place.studentId));
  await checkRoomFor(trx, session, left.size + studentIds.length);
  if (left.size > 0) await fitMeeting(trx, ctx, { sessionId: session.id, students: left.size + studentIds.length });
  const facts = await loadBookingFacts(trx, { ...session, studentIds });
  // The tutor and the room were freed with the last place.
  const everybody = left.size === 0;
  const returning = [...studentIds, ...(everybody ? [session.tutorId, ...(session.roomId ? [session.roomId] : [])] : [])];
  const occupation = occupationOf(facts, session);
  const calendars = await checkCalendars(trx, ctx, {
    occupation,
    programId: session.programId,
    place: session.mode === 'in_person' ? facts.place : null,
    by: 'office',
    overruleStudents: input.overruleStudentConflict ?? false,
    exceptSessionId: session.id,
  });
  const clashes = calendars.clashes.filter(({ resourceId }) => returning.includes(resourceId));
  const problems = [
    ...clashProblems(clashes, input.overruleStudentConflict ?? false),
    ...(everybody ? calendars.problems.filter((problem) => problem.code === 'travel_conflict') : []),
  ];
  if (blocking(problems).length > 0) throw refusal(problems);

  await planAgain(trx, session.id, studentIds);
  await waiveAbsences(trx, ctx, actor, { sessionId: session.id, newlyMissed: [] });
  await takeAgain(trx, session.id, occupation, returning, overruledStudents(clashes));
  await bumpVersion(trx, session.id);
  await assessSession(trx, ctx, session.id, { mayRefuse: true });
  await audit(trx, actor, {
    action: 'session.restore',
    subjectType: 'session',
    subjectId: session.id,
    sessionId: session.id,
    before: { outcomes: Object.fromEntries(back.map((place) => [place.studentId, place.outcome])) },
    after: { outcomes: Object.fromEntries(studentIds.map((id) => [id, 'planned'])) },
  });
  const meeting = await trx.selectFrom('meeting').select('installId').where('sessionId', '=', session.id).executeTakeFirst();
  if (meeting && everybody) await planMeeting(trx, ctx, { sessionId: session.id, installId: meeting.installId });
  if (input.silent) return;
  await queueSessionMails(trx, ctx, {
    sessionId: session.id,
    kind: 'confirmed',
    cause: 'It was cancelled by mistake and takes place after all',
    ...(everybody ? {} : { studentIds }),
  });
}

interface Back {
  replacedById: string | null;
  leftOut: string | null;
  runId: string | null;
}

async function checkRestorable(
  trx: Transaction<DB>,
  session: { id: string; replacedById: string | null; status: string },
  back: readonly Back[],
): Promise<void> {
  if (session.replacedById || back.some((place) => place.replacedById))
    throw new DomainError('locked', 'It was booked again at another time: cancel that one first, or leave both as they are.');
  if (session.status === 'declined' || session.status === 'requested')
    throw new DomainError('locked', 'Only a session that was planned and cancelled can be brought back.');
  if (back.some((place) => place.runId !== null || place.leftOut === 'credited'))
    throw new DomainError('locked', 'The cancellation is on an invoice: it can’t be taken back any more. Book a new session.');
  const closeOut = await trx.selectFrom('closeOut').select('status').where('sessionId', '=', session.id).executeTakeFirst();
  if (closeOut && closeOut.status !== 'sent_back')
    throw new DomainError('locked', 'This session is closed out: send the close-out back first.');
  await checkUnpaid(trx, session.id);
}

export async function planAgain(trx: Transaction<DB>, sessionId: string, studentIds: string[]): Promise<void> {
  const students = sql<string>`ANY(${studentIds}::uuid[])`;
  await trx
    .updateTable('attendance')
    .set({ outcome: 'planned', markedAt: null })
    .where('sessionId', '=', sessionId)
    .where('studentId', '=', students)
    .execute();
  // What was said of the whole session stays said of those who don't come back.
  await sql`
    WITH gone AS (
      DELETE FROM cancellation WHERE session_id = ${sessionId} AND (student_id IS NULL OR student_id = ${students}) RETURNING *
    )
    INSERT INTO cancellation (session_id, student_id, cancelled_at, cancelled_by, reason_id, reason, recorded_by)
    SELECT gone.session_id, a.student_id, gone.cancelled_at, gone.cancelled_by, gone.reason_id, gone.reason, gone.recorded_by
    FROM gone JOIN attendance a ON a.session_id = gone.session_id
    WHERE gone.student_id IS NULL AND NOT a.student_id = ${students} AND a.outcome IN ('cancelled', 'late_cancel')
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** At the session's time as it is now: it may have moved since somebody cancelled. */
async function takeAgain(
  trx: Transaction<DB>,
  sessionId: string,
  occupation: Occupation,
  resourceIds: readonly string[],
  overruled: ReadonlySet<string>,
): Promise<void> {
  const rows = resourceIds.map(
    (id) => sql`(${id}::uuid, tstzrange(${occupation.startsAt}, ${busyUntil(occupation, id)}), ${!overruled.has(id)}::boolean)`,
  );
  await sql`
    UPDATE session_resource r SET busy = w.busy, blocking = w.blocking
    FROM (VALUES ${sql.join(rows)}) AS w (resource_id, busy, blocking)
    WHERE r.session_id = ${sessionId} AND r.resource_id = w.resource_id`.execute(trx);
}
