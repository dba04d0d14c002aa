import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { lockCreditPools } from '#app/domain/billing/credits.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { makeUpOf } from '#app/domain/groups/course-credits.server.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { queueScheduleMails, type ScheduleChange } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { refusal } from '#app/domain/scheduling/book-session.server.ts';
import { blocking } from '#app/domain/scheduling/booking-problem.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { clashesRefusal } from './create-series.server.ts';
import { insertOccurrences } from './insert-occurrences.server.ts';
import { type Moving, moveOccurrences, reparent } from './move-occurrences.server.ts';
import { isPlanned, skipOf } from './occurrences.ts';
import { planSeriesEdit, type SeriesEditPlan } from './plan-series-edit.server.ts';
import type { EditSeriesInput } from './series.schema.ts';
import {
  checkSeriesVersion,
  getSeries,
  listMembers,
  listSeriesSessions,
  lockSeries,
  type SeriesRow,
} from './series-rows.server.ts';
import { writeEditedSeries } from './write-edited-series.server.ts';

export interface SeriesEdited {
  /** The series that has the changed sessions now: a new one where "this and following" cut it. */
  seriesId: string;
}

/**
 * Changes a series from one session on, or all of it that is still to come. Sessions keep their rows, credits and rooms;
 * what is closed out, billed, cancelled or was changed by itself stays as it is; days left out stay left out. All in one
 * transaction, checked like new bookings against everything but themselves.
 * @throws DomainError conflict when it was changed meanwhile, locked when it has ended or is a course that would be cut;
 *   tutor_conflict, student_conflict, room_conflict with all clashes in `details.occurrences`; as createSeries
 */
export async function editSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: EditSeriesInput,
): Promise<SeriesEdited> {
  try {
    return await inTransaction(db, (trx) => edit(trx, ctx, actor, input));
  } catch (error) {
    throw clashOf(error) ?? error;
  }
}

async function edit(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: EditSeriesInput): Promise<SeriesEdited> {
  const seen = await getSeries(trx, input.seriesId);
  await lockEverybody(trx, ctx, seen, input);
  const series = await lockSeries(trx, input.seriesId);
  const done = await trx
    .selectFrom('auditLog')
    .select('subjectId')
    .where('action', '=', 'series.edit')
    .where('subjectId', 'in', [input.seriesId, input.editId])
    .where(sql`after ->> 'editId'`, '=', input.editId)
    .executeTakeFirst();
  if (done) return { seriesId: done.subjectId ?? input.seriesId };
  checkSeriesVersion(series, input.version);

  const plan = await planSeriesEdit(trx, ctx, series, input);
  if (blocking(plan.problems).length > 0) throw refusal(plan.problems);
  const undecided = [...plan.moves, ...plan.additions].filter(({ action }) => action === 'undecided');
  if (undecided.length > 0) throw clashesRefusal(undecided);
  if (plan.effects.cut) {
    const course = await trx.selectFrom('course').select('id').where('seriesId', '=', series.id).executeTakeFirst();
    if (course) throw new DomainError('locked', 'A course stays one series: change all of it, or single sessions.');
  }

  const target = await writeEditedSeries(trx, actor, plan, input);
  await reparent(trx, target.id, [
    ...plan.moves.map(({ session, occurrence, action }) => ({
      id: session.id,
      date: occurrence.date,
      exception: action === 'keep',
    })),
    ...plan.effects.kept.map(({ session, date, why }) => ({ id: session.id, date, exception: why === 'too_late' })),
    ...plan.effects.cancelled.map((session) => ({ id: session.id, date: session.originalDate, exception: false })),
  ]);
  const changes = [
    // First what goes: its time may be what another moves to.
    ...(await cancelSessions(trx, ctx, actor, plan)),
    ...(await moveSessions(trx, ctx, actor, plan)),
    ...(await bookSessions(trx, ctx, actor, plan, target)),
  ];
  await writeWords(trx, plan, input);
  await audit(trx, actor, {
    action: 'series.edit',
    subjectType: 'series',
    subjectId: target.id,
    before: {
      rrule: series.rrule,
      startMinute: series.startMinute,
      minutes: series.durationMinutes,
      tutorId: series.tutorId,
      untilOn: series.untilOn,
    },
    after: {
      editId: input.editId,
      scope: input.scope,
      from: plan.effects.from,
      ...(plan.effects.cut ? { cutFrom: series.id } : {}),
      change: input.change,
      moved: changes.filter(({ kind }) => kind === 'moved' || kind === 'tutor_changed').length,
      cancelled: plan.effects.cancelled.length,
      booked: changes.filter(({ kind }) => kind === 'booked').length,
    },
  });
  await queueScheduleMails(trx, ctx, { cause: null, changes });
  return { seriesId: target.id };
}

/** Resources before the series and its sessions, as a booking takes them: those it has, and those it gets. */
async function lockEverybody(
  trx: Transaction<DB>,
  ctx: DomainContext,
  series: SeriesRow,
  { change }: EditSeriesInput,
): Promise<void> {
  const sessions = await listSeriesSessions(trx, series.id, ctx.clock());
  const members = await listMembers(trx, series.id);
  const ids = new Set([
    series.tutorId,
    series.roomId,
    change.tutorId,
    change.roomId,
    ...members.map((member) => member.studentId),
    ...sessions.flatMap((session) => [session.tutorId, session.roomId, ...session.studentIds]),
  ]);
  await lockResources(
    trx,
    [...ids].filter((id) => id !== null && id !== undefined),
    ctx.clock(),
  );
}

async function moveSessions(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  plan: SeriesEditPlan,
): Promise<ScheduleChange[]> {
  const { facts, roomId, placeId } = plan;
  const moving = plan.moves.flatMap(({ session, occurrence, findings, action, unmoved }): Moving[] =>
    action === 'move' && !unmoved && isPlanned(occurrence) ? [{ session, occurrence, overruled: findings.overruled }] : [],
  );
  if (moving.length === 0) return [];
  await moveOccurrences(trx, moving, { tutorId: facts.tutor.id, bufferMinutes: facts.tutor.bufferMinutes, roomId, placeId });
  const students = new Set(moving.flatMap(({ session }) => session.studentIds));
  await lockCreditPools(
    trx,
    facts.students.filter(({ id }) => students.has(id)).map(({ clientId, clientRef }) => ({ id: clientId, ref: clientRef })),
  );
  const changes: ScheduleChange[] = [];
  for (const { session, occurrence } of moving) {
    await assessSession(trx, ctx, session.id, { mayRefuse: true });
    const { installId } =
      (await trx.selectFrom('meeting').select('installId').where('sessionId', '=', session.id).executeTakeFirst()) ?? {};
    if (installId) await planMeeting(trx, ctx, { sessionId: session.id, installId });
    await audit(trx, actor, {
      action: 'session.reschedule',
      subjectType: 'session',
      subjectId: session.id,
      sessionId: session.id,
      before: {
        tutorId: session.tutorId,
        startsAt: session.startsAt,
        minutes: session.durationMinutes,
        version: session.version,
      },
      after: {
        tutorId: facts.tutor.id,
        startsAt: occurrence.startsAt,
        minutes: occurrence.durationMinutes,
        version: session.version + 1,
      },
    });
    const elsewhen =
      session.startsAt.getTime() !== occurrence.startsAt.getTime() || session.endsAt.getTime() !== occurrence.endsAt.getTime();
    const formerTutorId = session.tutorId === facts.tutor.id ? undefined : session.tutorId;
    if (elsewhen) changes.push({ sessionId: session.id, kind: 'moved', before: session, formerTutorId });
    else if (formerTutorId) changes.push({ sessionId: session.id, kind: 'tutor_changed', formerTutorId });
  }
  return changes;
}

async function cancelSessions(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  plan: SeriesEditPlan,
): Promise<ScheduleChange[]> {
  for (const { id } of plan.effects.cancelled)
    await cancelSession(trx, ctx, actor, {
      sessionId: id,
      by: 'office',
      reason: 'The series is on other days now',
      silent: true,
    });
  return plan.effects.cancelled.map(({ id }) => ({ sessionId: id, kind: 'cancelled' }));
}

async function bookSessions(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { additions, facts }: SeriesEditPlan,
  target: SeriesRow,
): Promise<ScheduleChange[]> {
  const skipped = additions.filter(({ action }) => action === 'skip');
  if (skipped.length > 0)
    await trx
      .insertInto('seriesSkip')
      .values(
        skipped.map(({ occurrence, findings }) => ({
          seriesId: target.id,
          originalDate: occurrence.date,
          ...skipOf(findings.problems),
        })),
      )
      .execute();
  const makeUp = await makeUpOf(trx, ctx, target.id);
  const ids = await insertOccurrences(trx, ctx, actor, target, {
    bufferMinutes: facts.tutor.bufferMinutes,
    policyVersionId: await policyVersionFor(trx, effectivePolicy(facts.organisation.policies, facts.program.policyOverrides)),
    rows: additions.flatMap(({ occurrence, findings, studentIds, action }) => {
      const places = facts.students
        .filter(({ id }) => studentIds.includes(id))
        .map((student) => ({
          ...student,
          studentId: student.id,
          billingInstallId: makeUp(student.id, occurrence.durationMinutes) ?? student.billingInstallId,
        }));
      return action === 'book' && isPlanned(occurrence) ? [{ occurrence, places, overruled: findings.overruled }] : [];
    }),
  });
  return ids.map((sessionId) => ({ sessionId, kind: 'booked' }));
}

/** What sessions are about goes along where it was the series' own words; one that has its own keeps them. */
async function writeWords(trx: Transaction<DB>, { series, moves }: SeriesEditPlan, { change }: EditSeriesInput): Promise<void> {
  for (const field of ['title', 'description', 'location'] as const) {
    const text = change[field];
    if (text === undefined || text === series[field]) continue;
    const ids = moves.filter(({ session }) => session[field] === series[field]).map(({ session }) => session.id);
    await trx
      .updateTable('session')
      .set((eb) => ({ [field]: text, version: eb('version', '+', 1) }))
      .where('id', '=', sql<string>`ANY(${ids}::uuid[])`)
      .execute();
  }
}
