import { sql, type Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { percentsOf } from '#app/domain/billing/outcomes.ts';
import { policyOf } from '#app/domain/organisation/policies.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import { chargesPlaces } from './charges-places.server.ts';
import { daysAfter, waiverOf } from './waiver.ts';
import { readWaiverFacts } from './waiver-facts.server.ts';

/**
 * Brings what is waived in a session to what its places have come to, before it is settled: who did not miss it is
 * charged as ever, who newly missed it may have one of the term's free ones or a make-up, and what this session itself made
 * up for is open again where it did not take place. Who missed it before keeps what was decided then. The session's row is
 * locked by the caller; students are locked here, so that of two cancellations at once only one is the last free one.
 * @param newlyMissed the students whose places have just become a late cancellation or a no-show
 */
export async function waiveAbsences(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock' | 'plugins'>,
  actor: Actor,
  { sessionId, newlyMissed }: { sessionId: string; newlyMissed: readonly string[] },
): Promise<void> {
  if (await hasAny(trx, sessionId)) {
    await dropWaivers(trx, sessionId);
    await reopenUnused(trx, ctx, actor, sessionId);
  }
  if (newlyMissed.length === 0) return;
  const session = await trx
    .selectFrom('session')
    .innerJoin('policyVersion', 'policyVersion.id', 'session.policyVersionId')
    .select(['session.localDate', 'session.programId', 'session.durationMinutes', 'session.billable', 'rules'])
    .select(sql<string>`(SELECT timezone FROM organisation)`.as('timezone'))
    .where('session.id', '=', sessionId)
    .executeTakeFirstOrThrow();
  const policy = policyOf(session.rules);
  if (policy.lateCancel.freePerTerm === 0 && policy.makeUp.on === 'never') return;
  const places = await trx
    .selectFrom('attendance')
    .select(['id', 'studentId', 'billingInstallId', 'outcome', 'stepChargePercent', 'stepPayPercent'])
    .where('sessionId', '=', sessionId)
    .where('studentId', '=', sql<string>`ANY(${[...newlyMissed]}::uuid[])`)
    .where('outcome', 'in', ['late_cancel', 'no_show'])
    .where('waivedAs', 'is', null)
    // One that ran out, or was given up, is not opened by saying the absence differently.
    .where((eb) => eb.not(eb.exists(eb.selectFrom('makeUp').select('id').whereRef('makeUp.attendanceId', '=', 'attendance.id'))))
    .execute();
  const studentIds = places.map((place) => place.studentId);
  await sql`SELECT 1 FROM student WHERE id = ANY(${studentIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`.execute(trx);
  const today = localDateOf(ctx.clock(), session.timezone);
  const facts = await readWaiverFacts(trx, { sessionId, localDate: session.localDate, studentIds });
  for (const { id, studentId, stepChargePercent: charge, stepPayPercent: pay, ...place } of places) {
    const known = facts.get(studentId);
    if (!known) throw new Error('a student without facts');
    if (!(await chargesPlaces(trx, ctx, place.billingInstallId))) continue;
    const outcome = place.outcome === 'no_show' ? 'no_show' : 'late_cancel';
    const step = charge === null || pay === null ? null : { charge, pay };
    const percents = percentsOf(outcome, policy, { plannedMinutes: session.durationMinutes, step });
    const waiver = waiverOf({ ...session, ...known, outcome, chargePercent: percents?.charge ?? '0', today, policy });
    if (!waiver) continue;
    await trx
      .updateTable('attendance')
      .set({ waivedAs: waiver.as, waivedTermId: waiver.as === 'free' ? waiver.termId : null })
      .where('id', '=', id)
      .execute();
    if (waiver.as === 'make_up') {
      await trx
        .insertInto('makeUp')
        .values({
          attendanceId: id,
          studentId,
          programId: session.programId,
          minutes: session.durationMinutes,
          expiresOn: waiver.expiresOn,
        })
        .execute();
    }
    await audit(trx, actor, {
      action: waiver.as === 'free' ? 'session.cancelled_free' : 'make_up.open',
      subjectType: 'session',
      subjectId: sessionId,
      sessionId,
      after:
        waiver.as === 'free' ? { studentId, ordinal: waiver.ordinal, of: waiver.of } : { studentId, expiresOn: waiver.expiresOn },
    });
  }
}

/** Whom an earlier close-out of the session says not to have come, by the student's id. */
export async function listNoShows(trx: Transaction<DB>, sessionId: string): Promise<ReadonlySet<string>> {
  const places = await trx
    .selectFrom('attendance')
    .select('studentId')
    .where('sessionId', '=', sessionId)
    .where('outcome', '=', 'no_show')
    .execute();
  return new Set(places.map((place) => place.studentId));
}

async function hasAny(trx: Transaction<DB>, sessionId: string): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM attendance a WHERE a.session_id = ${sessionId} AND (a.waived_as IS NOT NULL OR a.step_charge_percent IS NOT NULL
      OR EXISTS (SELECT 1 FROM make_up m WHERE m.attendance_id = a.id) OR EXISTS (SELECT 1 FROM make_up m WHERE m.used_attendance_id = a.id))
    LIMIT 1`.execute(trx);
  return rows.length > 0;
}

/** Who has not missed it after all, or not so. A session that made up for it stays, as an ordinary one. */
async function dropWaivers(trx: Transaction<DB>, sessionId: string): Promise<void> {
  const back = sql`session_id = ${sessionId} AND outcome NOT IN ('late_cancel', 'no_show')`;
  await sql`DELETE FROM make_up WHERE attendance_id IN (SELECT id FROM attendance WHERE ${back})`.execute(trx);
  await sql`UPDATE attendance SET waived_as = NULL, waived_term_id = NULL
    WHERE (${back} AND waived_as IS NOT NULL) OR (session_id = ${sessionId} AND outcome = 'no_show' AND waived_as = 'free')`.execute(
    trx,
  );
  await sql`UPDATE attendance SET step_charge_percent = NULL, step_pay_percent = NULL
    WHERE session_id = ${sessionId} AND outcome <> 'late_cancel' AND step_charge_percent IS NOT NULL`.execute(trx);
}

/** What should have made up for another and didn't take place, through no late cancelling of the family's. */
async function reopenUnused(
  trx: Transaction<DB>,
  ctx: Pick<DomainContext, 'clock'>,
  actor: Actor,
  sessionId: string,
): Promise<void> {
  const { rows } = await sql<{
    id: string;
    studentId: string;
    expiresOn: string;
    byFamily: boolean;
    rules: unknown;
    timezone: string;
  }>`
    SELECT m.id, m.student_id, m.expires_on::text AS expires_on, p.rules, o.timezone,
      EXISTS (SELECT 1 FROM cancellation c WHERE c.session_id = a.session_id AND c.cancelled_by = 'client'
        AND (c.student_id IS NULL OR c.student_id = a.student_id)) AS by_family
    FROM make_up m JOIN attendance a ON a.id = m.used_attendance_id
    JOIN attendance missed ON missed.id = m.attendance_id JOIN session s ON s.id = missed.session_id
    JOIN policy_version p ON p.id = s.policy_version_id CROSS JOIN organisation o
    WHERE a.session_id = ${sessionId} AND a.outcome IN ('cancelled', 'tutor_no_show', 'technical_failure')`.execute(trx);
  for (const { id, studentId, expiresOn, byFamily, rules, timezone } of rows) {
    // Not the family's doing: they have as long again.
    const anew = daysAfter(localDateOf(ctx.clock(), timezone), policyOf(rules).makeUp.validDays);
    const until = byFamily || anew < expiresOn ? expiresOn : anew;
    await trx
      .updateTable('makeUp')
      .set({ state: 'open', usedAttendanceId: null, decidedAt: null, expiresOn: until })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: 'make_up.open_again',
      subjectType: 'session',
      subjectId: sessionId,
      sessionId,
      after: { studentId, expiresOn: until },
    });
  }
}
