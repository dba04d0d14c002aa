import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { isLeft } from '#app/domain/billing/outcomes.ts';
import { waiveAbsences } from '#app/domain/make-ups/waive-absences.server.ts';
import { isOfCourse, recordCancellation, releasePlaces } from '#app/domain/scheduling/cancel-session.server.ts';
import type { lockSession } from '#app/domain/scheduling/open-session.server.ts';
import { planAgain } from '#app/domain/scheduling/restore-session.server.ts';
import type { DB } from '#db/types.ts';
import type { CorrectSessionInput } from './correction.ts';

type Session = Awaited<ReturnType<typeof lockSession>>;

export interface StoredPlace {
  studentId: string;
  outcome: string;
}

interface Writing {
  session: Session;
  places: readonly StoredPlace[];
  input: CorrectSessionInput;
  now: Date;
}

/** What took place, as it is known now: outcomes, close-out, billable and the rates by hand. No money yet. */
export async function writeCorrectedFacts(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock' | 'plugins'>,
  actor: Actor,
  writing: Writing,
): Promise<void> {
  const { session, input } = writing;
  const newlyMissed = await writeOutcomes(trx, actor, writing);
  await waiveAbsences(trx, ctx, actor, { sessionId: session.id, newlyMissed });
  await writeCloseOut(trx, actor, writing);
  const byHand = input.chargeRate !== null || input.payRate !== null;
  await trx
    .updateTable('session')
    .set((eb) => ({
      billable: input.billable,
      chargeRateOverride: input.chargeRate,
      payRateOverride: input.payRate,
      rateOverrideReason: byHand ? session.rateOverrideReason || input.reason : '',
      version: eb('version', '+', 1),
    }))
    .where('id', '=', session.id)
    .execute();
}

/** @returns the students who are now said to have missed it */
async function writeOutcomes(trx: Transaction<DB>, actor: Actor, { session, places, input, now }: Writing): Promise<string[]> {
  const was = new Map(places.map((place) => [place.studentId, place.outcome]));
  const changed = input.outcomes.filter(({ studentId, outcome }) => was.get(studentId) !== outcome);
  const nobodyLeft = input.outcomes.every(({ outcome }) => !isLeft(outcome)) && !(await isOfCourse(trx, session.seriesId));
  for (const outcome of ['cancelled', 'late_cancel'] as const) {
    const gone = changed.filter((one) => one.outcome === outcome).map((one) => one.studentId);
    if (gone.length === 0) continue;
    await recordCancellation(trx, {
      sessionId: session.id,
      studentIds: gone,
      cancelledAt: now,
      by: outcome === 'cancelled' ? 'office' : 'client',
      reason: input.reason,
      userId: actor.userId,
    });
    await releasePlaces(trx, { sessionId: session.id, studentIds: gone, outcome, cancelledAt: now, nobodyLeft });
  }
  const back = changed.filter(({ studentId, outcome }) => isLeft(outcome) && !isLeft(was.get(studentId) ?? ''));
  if (back.length > 0) {
    const ids = back.map((one) => one.studentId);
    await planAgain(trx, session.id, ids);
    const everybody = places.every((place) => !isLeft(place.outcome));
    const taken = everybody ? [...ids, session.tutorId, ...(session.roomId ? [session.roomId] : [])] : ids;
    await sql`UPDATE session_resource SET blocking = true
      WHERE session_id = ${session.id} AND resource_id = ANY(${taken}::uuid[])`.execute(trx);
  }
  for (const { studentId, outcome } of changed) {
    if (!isLeft(outcome)) continue;
    await trx
      .updateTable('attendance')
      .set({ outcome, markedAt: now })
      .where('sessionId', '=', session.id)
      .where('studentId', '=', studentId)
      .execute();
  }
  return changed.filter(({ outcome }) => outcome === 'late_cancel' || outcome === 'no_show').map((one) => one.studentId);
}

/** One that is there keeps its words; one that was sent back, or never written, counts as approved by whoever corrects. */
async function writeCloseOut(trx: Transaction<DB>, actor: Actor, { session, input, now }: Writing): Promise<void> {
  const { actualMinutes, paidMinutes, miles } = input;
  const approved = { status: 'approved', sentBackReason: '', approvedAt: now, approvedBy: actor.userId };
  const there = await trx.selectFrom('closeOut').select('status').where('sessionId', '=', session.id).executeTakeFirst();
  if (there) {
    await trx
      .updateTable('closeOut')
      .set((eb) => ({
        ...(actualMinutes === null ? {} : { actualMinutes }),
        ...(paidMinutes === undefined ? {} : { paidMinutes }),
        miles,
        automatic: false,
        version: eb('version', '+', 1),
        ...(there.status === 'sent_back' ? approved : {}),
      }))
      .where('sessionId', '=', session.id)
      .execute();
    return;
  }
  if (actualMinutes === null) return;
  await trx
    .insertInto('closeOut')
    .values({
      sessionId: session.id,
      actualStartsAt: session.startsAt,
      actualMinutes,
      paidMinutes: paidMinutes ?? null,
      miles,
      submittedAt: now,
      submittedBy: actor.userId,
      ...approved,
    })
    .execute();
}
