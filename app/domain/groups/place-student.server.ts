import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { fitMeeting } from '#app/domain/meetings/fit-meeting.server.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { refusal } from '#app/domain/scheduling/book-session.server.ts';
import { loadBookingFacts } from '#app/domain/scheduling/booking-facts.server.ts';
import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { checkCalendars } from '#app/domain/scheduling/check-calendars.server.ts';
import {
  busyUntil,
  type Clash,
  clashProblems,
  findClashes,
  lockResources,
  overruledStudents,
} from '#app/domain/scheduling/conflicts.server.ts';
import { checkRoomFor } from '#app/domain/scheduling/group-capacity.server.ts';
import { bumpVersion } from '#app/domain/scheduling/open-session.server.ts';
import { occupationOf } from '#app/domain/scheduling/plan-booking.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import type { DB } from '#db/types.ts';

export interface PlaceStudentInput {
  /** All of them or none. */
  sessionIds: readonly string[];
  studentId: string;
  /** Of a course that was paid as a whole; default: as the family is billed. */
  billingInstallId?: string | undefined;
  overruleStudentConflict?: boolean | undefined;
  /** Whether too few credits refuse it; default: yes. */
  mayRefuse?: boolean | undefined;
}

/**
 * Gives a student a place in sessions of a group, under the locks of everyone concerned: each still has one, the student
 * is free at each, and whoever was freed when the last one left is taken again. A place they have already stays. No mail.
 * @returns the sessions in which the place is new
 * @throws DomainError not_found; locked (over, called off); invalid_value (field studentId) when one is full or the student
 *   archived; student_conflict with all of the clashes; tutor_conflict, room_conflict; insufficient_credits
 */
export async function placeStudent(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: PlaceStudentInput,
): Promise<{ sessionIds: string[] }> {
  const { studentId } = input;
  const sessions = await lockGroup(trx, ctx, input.sessionIds, studentId);
  const wanted = sessions.filter(
    (session) => !session.places.some((place) => place.studentId === studentId && isLeft(place.outcome)),
  );
  const clashes: Clash[] = [];
  for (const session of wanted) {
    if (!session.open) throw new DomainError('locked', 'This session is over or called off: nobody can join it.');
    const students = session.places.filter((place) => isLeft(place.outcome)).length + 1;
    await checkRoomFor(trx, session, students);
    await fitMeeting(trx, ctx, { sessionId: session.id, students });
    const taken = { tutorId: studentId, bufferMinutes: 0, studentIds: [], startsAt: session.startsAt, endsAt: session.endsAt };
    clashes.push(...(await findClashes(trx, taken, { now: ctx.clock(), exceptSessionId: session.id })));
  }
  const problems = clashProblems(clashes, input.overruleStudentConflict ?? false);
  if (blocking(problems).length > 0) throw refusal(problems);
  const overruled = overruledStudents(clashes).has(studentId);
  for (const session of wanted) await placeIn(trx, ctx, actor, session, { ...input, overruled });
  return { sessionIds: wanted.map((session) => session.id) };
}

interface GroupSession {
  id: string;
  tutorId: string;
  programId: string;
  subjectId: string;
  roomId: string | null;
  placeId: string | null;
  capacity: number | null;
  mode: string;
  startsAt: Date;
  endsAt: Date;
  /** Planned, or given up only because the last one left. */
  open: boolean;
  tutorTaken: boolean;
  meetingInstallId: string | null;
  places: { studentId: string; outcome: string }[];
}

/** In the order everybody locks in: resources, then sessions. @throws DomainError not_found */
async function lockGroup(
  trx: Transaction<DB>,
  ctx: DomainContext,
  sessionIds: readonly string[],
  studentId: string,
): Promise<GroupSession[]> {
  const { rows: taken } = await sql<{ id: string }>`
    SELECT DISTINCT unnest(ARRAY[tutor_id, room_id]) AS id FROM session WHERE id = ANY(${[...sessionIds]}::uuid[])`.execute(trx);
  const resources = taken.flatMap(({ id }) => (id ? [id] : []));
  await lockResources(trx, [...resources, studentId], ctx.clock());
  await sql`SELECT 1 FROM session WHERE id = ANY(${[...sessionIds]}::uuid[]) ORDER BY id FOR UPDATE`.execute(trx);
  const { rows } = await sql<GroupSession>`
    SELECT s.id, s.tutor_id, s.program_id, s.subject_id, s.room_id, s.place_id, s.capacity, s.mode, s.starts_at, s.ends_at,
      s.ends_at > ${ctx.clock()} AND (s.status = 'scheduled' OR s.status IN ('cancelled', 'late_cancelled') AND NOT EXISTS (
        SELECT 1 FROM cancellation c WHERE c.session_id = s.id AND c.student_id IS NULL)) AS open,
      EXISTS (SELECT 1 FROM session_resource r WHERE r.session_id = s.id AND r.resource_id = s.tutor_id AND r.blocking) AS tutor_taken,
      (SELECT install_id FROM meeting m WHERE m.session_id = s.id) AS meeting_install_id,
      (SELECT coalesce(json_agg(json_build_object('studentId', a.student_id, 'outcome', a.outcome)), '[]')
       FROM attendance a WHERE a.session_id = s.id) AS places
    FROM session s WHERE s.id = ANY(${[...sessionIds]}::uuid[]) ORDER BY s.starts_at, s.id`.execute(trx);
  if (rows.length !== new Set(sessionIds).size) throw new DomainError('not_found', 'This session does not exist.');
  return rows;
}

async function placeIn(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  session: GroupSession,
  { studentId, billingInstallId, overruled, mayRefuse = true }: PlaceStudentInput & { overruled: boolean },
): Promise<void> {
  const was = session.places.find((place) => place.studentId === studentId);
  if (was) {
    // They had a place in it and gave it up: it is the same one again.
    if (billingInstallId)
      await trx
        .updateTable('attendance')
        .set({ billingInstallId })
        .where('sessionId', '=', session.id)
        .where('studentId', '=', studentId)
        .execute();
    const back = { sessionId: session.id, studentIds: [studentId], overruleStudentConflict: overruled, silent: true };
    await restoreSession(trx, ctx, actor, back);
    return;
  }
  const facts = await loadBookingFacts(trx, { ...session, studentIds: [studentId] });
  const [student] = facts.students;
  if (!student) throw new Error('facts without the student');
  if (student.archived) throw new DomainError('invalid_value', `${student.name} is archived.`, { field: 'studentId' });
  const occupation = occupationOf(facts, session);
  if (!session.tutorTaken) await takeAgain(trx, ctx, session, occupation, facts.place);
  await trx
    .insertInto('sessionResource')
    .values({
      sessionId: session.id,
      resourceId: studentId,
      busy: sql<string>`tstzrange(${session.startsAt}, ${session.endsAt})`,
      blocking: !overruled,
    })
    .execute();
  const { clientId } = student;
  const install = billingInstallId ?? student.billingInstallId;
  await trx.insertInto('attendance').values({ sessionId: session.id, studentId, clientId, billingInstallId: install }).execute();
  await bumpVersion(trx, session.id);
  await assessSession(trx, ctx, session.id, { mayRefuse });
  await audit(trx, actor, {
    action: 'session.add_student',
    subjectType: 'session',
    subjectId: session.id,
    sessionId: session.id,
    after: { studentIds: [studentId] },
  });
}

/** The tutor and the room, which were freed when the last one left: the first to come again makes the session. */
async function takeAgain(
  trx: Transaction<DB>,
  ctx: DomainContext,
  session: GroupSession,
  occupation: ReturnType<typeof occupationOf>,
  place: Awaited<ReturnType<typeof loadBookingFacts>>['place'],
): Promise<void> {
  const { problems } = await checkCalendars(trx, ctx, {
    occupation: { ...occupation, studentIds: [] },
    programId: session.programId,
    place: session.mode === 'in_person' ? place : null,
    by: 'office',
    overruleStudents: false,
    exceptSessionId: session.id,
  });
  if (blocking(problems).length > 0) throw refusal(problems);
  for (const resourceId of [session.tutorId, ...(session.roomId ? [session.roomId] : [])])
    await trx
      .updateTable('sessionResource')
      .set({ blocking: true, busy: sql<string>`tstzrange(${session.startsAt}, ${busyUntil(occupation, resourceId)})` })
      .where('sessionId', '=', session.id)
      .where('resourceId', '=', resourceId)
      .execute();
  if (session.meetingInstallId) await planMeeting(trx, ctx, { sessionId: session.id, installId: session.meetingInstallId });
}

export interface Joinable {
  id: string;
  startsAt: Date;
  durationMinutes: number;
  /** The student asked about has a place in it. */
  placed: boolean;
}

/** The sessions of a series to which somebody can still come, in their order. */
export async function listJoinable(
  db: Kysely<DB>,
  { seriesId, now, studentId }: { seriesId: string; now: Date; studentId: string },
): Promise<Joinable[]> {
  const { rows } = await sql<Joinable>`
    SELECT id, starts_at, duration_minutes, EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = s.id
      AND a.student_id = ${studentId} AND a.outcome NOT IN ('cancelled', 'late_cancel')) AS placed
    FROM session s
    WHERE series_id = ${seriesId} AND starts_at > ${now}
      AND (status = 'scheduled' OR status IN ('cancelled', 'late_cancelled') AND NOT EXISTS (
        SELECT 1 FROM cancellation c WHERE c.session_id = s.id AND c.student_id IS NULL))
    ORDER BY starts_at, id`.execute(db);
  return rows;
}
