import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { engagementOf } from '#app/domain/engagements/find-engagement.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueScheduleMails } from '#app/domain/messages/queue-schedule-mails.server.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { refusal } from '#app/domain/scheduling/book-session.server.ts';
import { locationOf } from '#app/domain/scheduling/booking-facts.server.ts';
import { type BookingProblem, blocking } from '#app/domain/scheduling/booking-problem.ts';
import { clashOf, lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { constraintOf, inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { insertOccurrences, type SeriesCommon } from './insert-occurrences.server.ts';
import { isPlanned, skipOf } from './occurrences.ts';
import { type CheckedOccurrence, checkPlan, planSeries, type SeriesPlan } from './plan-series.server.ts';
import type { CreateSeriesInput } from './series.schema.ts';

export interface SeriesMade {
  seriesId: string;
  sessionIds: string[];
  /** The days that were left out. */
  skipped: string[];
}

/**
 * Makes a series and its sessions, all of them or, where days were decided to be left out or moved, the rest; an open one
 * up to the horizon. All in one transaction, under the locks of everyone in it. With an `id` that is there already it
 * answers with that series. Days of closures, of the tutor's time off and times that don't exist are left out unless
 * decided otherwise.
 * @throws DomainError of the first problem of the whole (as bookSession); tutor_conflict, student_conflict or room_conflict
 *   for clashes nobody has decided about, all of which are in `details.occurrences`; insufficient_credits;
 *   invalid_value (field count, until) for a series that is too long
 */
export async function createSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: CreateSeriesInput,
): Promise<SeriesMade> {
  try {
    return await inTransaction(db, (trx) => create(trx, ctx, actor, input));
  } catch (error) {
    // The same form at the same moment from two tabs: the other one was first.
    if (input.id && constraintOf(error) === 'series_pkey') return { seriesId: input.id, sessionIds: [], skipped: [] };
    throw clashOf(error) ?? error;
  }
}

async function create(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, input: CreateSeriesInput): Promise<SeriesMade> {
  const plan = await planSeries(trx, ctx, input);
  await lockResources(trx, [input.tutorId, ...input.studentIds, ...(input.roomId ? [input.roomId] : [])], ctx.clock());
  if (input.id) {
    const there = await trx.selectFrom('series').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return { seriesId: there.id, sessionIds: await listSessionIds(trx, there.id), skipped: [] };
  }
  const checked = await checkPlan(trx, ctx, plan, input);
  if (blocking(plan.problems).length > 0) throw refusal(plan.problems);
  const undecided = checked.filter(({ action }) => action === 'undecided');
  if (undecided.length > 0) throw clashesRefusal(undecided);

  const series = await insertSeries(trx, actor, input, plan);
  const skips = checked.filter(({ action }) => action === 'skip');
  if (skips.length > 0)
    await trx
      .insertInto('seriesSkip')
      .values(
        skips.map(({ occurrence, findings }) => ({
          seriesId: series.id,
          originalDate: occurrence.date,
          ...skipOf(findings.problems),
        })),
      )
      .execute();
  const { organisation, program, students, tutor } = plan.facts;
  const places = students.map(({ id, clientId, clientRef, billingInstallId }) => ({
    studentId: id,
    clientId,
    clientRef,
    billingInstallId,
  }));
  const sessionIds = await insertOccurrences(trx, ctx, actor, series, {
    bufferMinutes: tutor.bufferMinutes,
    policyVersionId: await policyVersionFor(trx, effectivePolicy(organisation.policies, program.policyOverrides)),
    rows: checked.flatMap(({ occurrence, findings, action }) =>
      action === 'book' && isPlanned(occurrence) ? [{ occurrence, places, overruled: findings.overruled }] : [],
    ),
  });
  await audit(trx, actor, {
    action: 'series.create',
    subjectType: 'series',
    subjectId: series.id,
    after: {
      rrule: input.rrule,
      startsOn: input.startsOn,
      time: input.time,
      untilOn: input.untilOn ?? null,
      occurrences: input.occurrences ?? null,
      tutorId: input.tutorId,
      studentIds: input.studentIds,
      sessions: sessionIds.length,
      skipped: skips.map(({ occurrence }) => occurrence.date),
    },
  });
  if (!input.silent)
    await queueScheduleMails(trx, ctx, { cause: null, changes: sessionIds.map((sessionId) => ({ sessionId, kind: 'booked' })) });
  return { seriesId: series.id, sessionIds, skipped: skips.map(({ occurrence }) => occurrence.date) };
}

/** In their order. */
export async function listSessionIds(db: Kysely<DB>, seriesId: string): Promise<string[]> {
  const rows = await db.selectFrom('session').select('id').where('seriesId', '=', seriesId).orderBy('startsAt').execute();
  return rows.map((row) => row.id);
}

async function insertSeries(
  trx: Transaction<DB>,
  actor: Actor,
  input: CreateSeriesInput,
  plan: SeriesPlan,
): Promise<SeriesCommon> {
  const engagement = await engagementOf(
    trx,
    { ...input, localDate: plan.occurrences[0]?.localDate ?? input.startsOn },
    input.engagementId,
  );
  const series = await trx
    .insertInto('series')
    .values({
      ...(input.id ? { id: input.id } : {}),
      tutorId: input.tutorId,
      programId: input.programId,
      subjectId: input.subjectId,
      engagementId: engagement,
      roomId: input.roomId ?? null,
      placeId: input.placeId ?? null,
      meetingInstallId: plan.installId ?? null,
      title: input.title ?? '',
      description: input.description ?? '',
      location: input.location || (input.mode === 'in_person' ? locationOf(plan.facts) : ''),
      mode: input.mode,
      billable: input.billable,
      capacity: input.capacity ?? null,
      rrule: input.rrule,
      startsOn: input.startsOn,
      startMinute: plan.startMinute,
      durationMinutes: input.durationMinutes,
      zone: plan.zone,
      untilOn: input.untilOn ?? null,
      occurrences: input.occurrences ?? null,
      rolledTo: plan.rolledTo,
      createdBy: actor.userId,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (input.studentIds.length > 0)
    await trx
      .insertInto('seriesStudent')
      .values(input.studentIds.map((studentId) => ({ seriesId: series.id, studentId, fromOn: input.startsOn })))
      .execute();
  return series;
}

export interface RefusedOccurrence {
  date: string;
  wallStart: string;
  problems: BookingProblem[];
}

const CONFLICTS = ['tutor_conflict', 'student_conflict', 'room_conflict'] as const;

/** All clashes of all days in one refusal, so that nobody finds them one by one. */
export function clashesRefusal(undecided: readonly Pick<CheckedOccurrence, 'occurrence' | 'findings'>[]): DomainError {
  const occurrences: RefusedOccurrence[] = undecided.map(({ occurrence, findings }) => ({
    date: occurrence.date,
    wallStart: occurrence.wallStart,
    problems: blocking(findings.problems),
  }));
  const problems = occurrences.flatMap((occurrence) => occurrence.problems);
  const code = CONFLICTS.find((conflict) => problems.some((problem) => problem.code === conflict)) ?? 'tutor_conflict';
  const count = occurrences.length === 1 ? 'One day of the series clashes' : `${occurrences.length} days of the series clash`;
  return new DomainError(code, `${count} with what is planned: leave them out or move them.`, {
    details: { occurrences, problems, sessions: problems.flatMap((problem) => problem.sessions ?? []) },
  });
}
