import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, AppContext, DomainContext } from '#app/context.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { policyVersionFor } from '#app/domain/organisation/policy-version.server.ts';
import { loadBookingFacts } from '#app/domain/scheduling/booking-facts.server.ts';
import { lockResources } from '#app/domain/scheduling/conflicts.server.ts';
import { listDates } from '#app/domain/scheduling/recurrence.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { findOccurrenceProblems } from './find-occurrence-problems.server.ts';
import { insertOccurrences } from './insert-occurrences.server.ts';
import { isPlanned, occurrenceOn, skipOf, usualAction } from './occurrences.ts';
import { horizonOf } from './plan-series.server.ts';
import { rollUntil } from './roll-until.ts';
import { getSeries, listMembers, listSkips, lockSeries, membersOn } from './series-rows.server.ts';

const BY_ITSELF: Actor = { userId: null, kind: 'system' };

/**
 * Carries every open series on to the horizon; the job of `series.roll`. Those of a tutor who takes a break, has left or is
 * archived stand still. One that fails is named in the log and keeps no other from going on.
 */
export async function rollAllSeries(ctx: AppContext): Promise<void> {
  const series = await ctx.db
    .selectFrom('series')
    .select('id')
    .where(sql<boolean>`NOT EXISTS (SELECT 1 FROM tutor t WHERE t.id = series.tutor_id
      AND (t.archived_at IS NOT NULL OR t.status IN ('dormant', 'left')))`)
    .where('untilOn', 'is', null)
    .where('occurrences', 'is', null)
    .where('endedAt', 'is', null)
    .orderBy('rolledTo')
    .execute();
  for (const { id } of series) {
    try {
      await rollSeries(ctx.db, ctx, id);
    } catch (error) {
      ctx.log.error({ err: error, seriesId: id }, 'a series could not be carried on');
    }
  }
}

/**
 * Makes the sessions of an open series up to the horizon, each under the same checks as a booking. A day that clashes, or
 * for which credits are missing, is left out and waits for the office; closures and time off are left out as usual. Nobody
 * is mailed: that the series goes on was told when it was made. Again on the same day it does nothing.
 */
export async function rollSeries(
  db: Kysely<DB>,
  ctx: DomainContext,
  seriesId: string,
): Promise<{ booked: number; skipped: number }> {
  return inTransaction(db, (trx) => roll(trx, ctx, seriesId));
}

async function roll(trx: Transaction<DB>, ctx: DomainContext, seriesId: string): Promise<{ booked: number; skipped: number }> {
  const nothing = { booked: 0, skipped: 0 };
  const seen = await getSeries(trx, seriesId);
  const members = await listMembers(trx, seriesId);
  await lockResources(
    trx,
    [seen.tutorId, ...(seen.roomId ? [seen.roomId] : []), ...members.map((member) => member.studentId)],
    ctx.clock(),
  );
  const series = await lockSeries(trx, seriesId);
  // Changed between the look and the lock: the next round sees it as it is.
  if (series.version !== seen.version || series.endedAt || series.untilOn || series.occurrences) return nothing;
  const today = localDateOf(ctx.clock(), series.zone);
  const until = rollUntil(series.startsOn, today, await horizonOf(trx, series.tutorId, series.programId));
  const rolledTo = series.rolledTo ?? '';
  if (until <= rolledTo) return nothing;

  const { studentIds, tutor, program, organisation, students, place } = await factsOf(trx, series, members);
  const [skips, there] = [await listSkips(trx, seriesId), await originalDates(trx, seriesId)];
  const leftOut = new Set([...skips.map((skip) => skip.originalDate), ...there]);
  const time = {
    startMinute: series.startMinute,
    durationMinutes: series.durationMinutes,
    zone: series.zone,
    organisationZone: organisation.timezone,
  };
  // A horizon that was shortened and lengthened again leaves no gap, and no lesson is made in the past.
  const from = rolledTo > today ? rolledTo : today;
  const occurrences = listDates(series, { from, to: until })
    .filter((date) => date > rolledTo && !leftOut.has(date))
    .map((date) => ({
      ...occurrenceOn(date, time),
      studentIds: membersOn(members, date).filter((id) => studentIds.includes(id)),
    }));
  const { byDate, calendar } = await findOccurrenceProblems(trx, ctx, {
    tutor,
    programId: series.programId,
    roomId: series.roomId,
    place: series.mode === 'in_person' ? place : null,
    overruleStudents: false,
    occurrences,
  });
  const policyVersionId = await policyVersionFor(trx, effectivePolicy(organisation.policies, program.policyOverrides));
  let booked = 0;
  const skipped: { date: string; reason: string; note: string; toDecide: boolean }[] = [];
  for (const occurrence of occurrences) {
    const findings = byDate.get(occurrence.date) ?? { problems: [], overruled: new Set<string>() };
    if (occurrence.studentIds.length === 0) {
      skipped.push({ date: occurrence.date, reason: 'removed', note: 'Nobody is in the series then.', toDecide: false });
      continue;
    }
    if (calendar?.archived) {
      skipped.push({ date: occurrence.date, reason: 'clash', note: `${calendar.name} is archived.`, toDecide: true });
      continue;
    }
    const usual = usualAction(findings.problems);
    if (usual !== 'book' || !isPlanned(occurrence)) {
      skipped.push({ date: occurrence.date, ...skipOf(findings.problems), toDecide: usual === 'clash' });
      continue;
    }
    const places = students
      .filter(({ id }) => occurrence.studentIds.includes(id))
      .map((student) => ({ ...student, studentId: student.id }));
    const refused = await inSavepoint(trx, () =>
      insertOccurrences(trx, ctx, BY_ITSELF, series, {
        bufferMinutes: tutor.bufferMinutes,
        policyVersionId,
        rows: [{ occurrence, places, overruled: findings.overruled }],
      }),
    );
    if (refused === undefined) booked += 1;
    else skipped.push({ date: occurrence.date, reason: 'clash', note: refused, toDecide: true });
  }
  if (skipped.length > 0)
    await trx
      .insertInto('seriesSkip')
      .values(skipped.map(({ date, ...skip }) => ({ seriesId, originalDate: date, ...skip })))
      .execute();
  // Not a change that anybody's form must notice.
  await trx.updateTable('series').set({ rolledTo: until }).where('id', '=', seriesId).execute();
  return { booked, skipped: skipped.length };
}

async function factsOf(
  trx: Transaction<DB>,
  series: { tutorId: string; programId: string; subjectId: string; roomId: string | null; placeId: string | null },
  members: readonly { studentId: string }[],
) {
  const everybody = [...new Set(members.map((member) => member.studentId))];
  const facts = await loadBookingFacts(trx, { ...series, studentIds: everybody });
  // Who has left the company comes no more.
  const studentIds = facts.students.filter((student) => !student.archived).map((student) => student.id);
  return { ...facts, studentIds };
}

async function originalDates(trx: Transaction<DB>, seriesId: string): Promise<string[]> {
  const rows = await trx.selectFrom('session').select('originalDate').where('seriesId', '=', seriesId).execute();
  return rows.map((row) => row.originalDate ?? '');
}

/** Why it was refused, or undefined; what was written of it is taken back, the rest of the transaction stays. */
async function inSavepoint(trx: Transaction<DB>, work: () => Promise<unknown>): Promise<string | undefined> {
  await sql`SAVEPOINT occurrence`.execute(trx);
  try {
    await work();
    await sql`RELEASE SAVEPOINT occurrence`.execute(trx);
    return undefined;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    await sql`ROLLBACK TO SAVEPOINT occurrence`.execute(trx);
    return error.message;
  }
}
