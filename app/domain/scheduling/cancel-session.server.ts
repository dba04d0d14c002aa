import { type Kysely, sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessSession } from '#app/domain/billing/assess-session.server.ts';
import { cancellationOutcome, stepOf } from '#app/domain/billing/outcomes.ts';
import { DomainError } from '#app/domain/errors.ts';
import { waiveAbsences } from '#app/domain/make-ups/waive-absences.server.ts';
import { queueSessionMails } from '#app/domain/messages/queue-session-mails.server.ts';
import { type NoticeStep, policyOf } from '#app/domain/organisation/policies.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { reasonText } from './cancellation-reason.schema.ts';
import { reasonLabelOf } from './cancellation-reason-queries.server.ts';
import { bumpVersion, checkVersion, lockSession } from './open-session.server.ts';
import type { CancelSessionInput } from './session.schema.ts';

/**
 * Cancels a session, or some students' places in it. Whether it is late follows from who cancels and when, by the policy
 * of the booking, and so does the step of notice it falls under. Who cancelled is free again at once; when nobody is left the tutor is too, and the room is given up.
 * A second cancellation of a place changes nothing: the first counts.
 * @throws DomainError not_found, conflict (details: StaleSession) where a version was given, already_done when nobody is left to cancel, locked when it is closed out,
 *   invalid_value (field reasonId) for a reason that isn't theirs to give
 */
export async function cancelSession(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: CancelSessionInput): Promise<void> {
  await inTransaction(db, async (trx) => {
    const session = await lockSession(trx, input.sessionId);
    if (input.version !== undefined) await checkVersion(trx, session, input.version);
    const closeOut = await trx.selectFrom('closeOut').select('status').where('sessionId', '=', session.id).executeTakeFirst();
    if (closeOut && closeOut.status !== 'sent_back') {
      throw new DomainError('locked', 'This session is closed out: send the close-out back before you cancel.');
    }
    const policy = await trx
      .selectFrom('policyVersion')
      .select('rules')
      .where('id', '=', session.policyVersionId)
      .executeTakeFirstOrThrow();
    // Of a close-out that was sent back, what it said of them too.
    const open = await trx
      .selectFrom('attendance')
      .select(['id', 'studentId'])
      .where('sessionId', '=', session.id)
      .where('outcome', 'not in', ['cancelled', 'late_cancel'])
      .execute();
    const wanted = input.studentIds && new Set(input.studentIds);
    const cancelled = open.filter((place) => !wanted || wanted.has(place.studentId));
    // Of a course to which nobody has come yet there is still the tutor's time to give back.
    const empty = open.length === 0 && !wanted && session.status === 'scheduled';
    if (cancelled.length === 0 && !empty) throw new DomainError('already_done', 'This is cancelled already.');

    const label = await reasonLabelOf(trx, input.reasonId, input.by);
    const cause = reasonText(label, input.reason);
    const cancelledAt = input.cancelledAt ?? ctx.clock();
    const { noticeHours, steps } = policyOf(policy.rules).lateCancel;
    const outcome = cancellationOutcome(session.startsAt, cancelledAt, input.by, noticeHours);
    const step = outcome === 'late_cancel' ? stepOf(session.startsAt, cancelledAt, steps) : undefined;
    const left = open.length - cancelled.length;
    // A course's session stays for others to come; called off as a whole it goes.
    const over = left === 0 && !(wanted && (await isOfCourse(trx, session.seriesId)));
    await recordCancellation(trx, {
      sessionId: session.id,
      studentIds: wanted ? cancelled.map((place) => place.studentId) : null,
      cancelledAt,
      by: input.by,
      reasonId: input.reasonId ?? null,
      reason: input.reason,
      userId: actor.userId,
    });
    await releasePlaces(trx, {
      sessionId: session.id,
      studentIds: cancelled.map((place) => place.studentId),
      outcome,
      step,
      cancelledAt,
      nobodyLeft: over,
    });
    await waiveAbsences(trx, ctx, actor, {
      sessionId: session.id,
      newlyMissed: outcome === 'late_cancel' ? cancelled.map((place) => place.studentId) : [],
    });
    await bumpVersion(trx, session.id);
    if (empty) await trx.updateTable('session').set({ status: 'cancelled' }).where('id', '=', session.id).execute();
    else await assessSession(trx, ctx, session.id);
    await audit(trx, actor, {
      action: 'session.cancel',
      subjectType: 'session',
      subjectId: session.id,
      sessionId: session.id,
      after: { outcome, by: input.by, studentIds: cancelled.map((place) => place.studentId), cancelledAt },
      reason: cause,
    });
    if (actor.kind === 'import') return;
    if (!input.silent) {
      await queueSessionMails(trx, ctx, {
        sessionId: session.id,
        kind: 'cancelled',
        cause: cause || null,
        ...(over ? {} : { studentIds: cancelled.map((place) => place.studentId) }),
      });
    }
    if (over && session.mode === 'online') await ctx.enqueue(trx, { name: 'meeting.release', data: { sessionId: session.id } });
  });
}

export async function isOfCourse(trx: Transaction<DB>, seriesId: string | null): Promise<boolean> {
  if (seriesId === null) return false;
  const course = await trx
    .selectFrom('course')
    .select('id')
    .where('seriesId', '=', seriesId)
    .where('archivedAt', 'is', null)
    .executeTakeFirst();
  return course !== undefined;
}

interface Said {
  sessionId: string;
  /** Null: the whole session. */
  studentIds: readonly string[] | null;
  cancelledAt: Date;
  by: 'client' | 'tutor' | 'office';
  /** Of the list the office keeps. */
  reasonId?: string | null;
  reason: string;
  userId: string | null;
}

/** Keeps what was said, as said; the same again is one row. */
export async function recordCancellation(trx: Transaction<DB>, said: Said): Promise<void> {
  const rows = (said.studentIds ?? [null]).map((studentId) => ({
    sessionId: said.sessionId,
    studentId,
    cancelledAt: said.cancelledAt,
    cancelledBy: said.by,
    reasonId: said.reasonId ?? null,
    reason: said.reason,
    recordedBy: said.userId,
  }));
  await trx
    .insertInto('cancellation')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

interface Release {
  sessionId: string;
  studentIds: readonly string[];
  outcome: 'late_cancel' | 'cancelled';
  /** Of notice, whose percentages are copied; absent: the policy's own hold. */
  step?: NoticeStep | undefined;
  cancelledAt: Date;
  nobodyLeft: boolean;
}

export async function releasePlaces(trx: Transaction<DB>, release: Release): Promise<void> {
  await trx
    .updateTable('attendance')
    .set({
      outcome: release.outcome,
      markedAt: release.cancelledAt,
      stepChargePercent: release.step?.clientChargePercent ?? null,
      stepPayPercent: release.step?.tutorPayPercent ?? null,
    })
    .where('sessionId', '=', release.sessionId)
    .where('studentId', '=', sql<string>`ANY(${[...release.studentIds]}::uuid[])`)
    .execute();
  let rows = trx.updateTable('sessionResource').set({ blocking: false }).where('sessionId', '=', release.sessionId);
  if (!release.nobodyLeft) rows = rows.where('resourceId', '=', sql<string>`ANY(${[...release.studentIds]}::uuid[])`);
  await rows.execute();
}
