import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { confirmInvoiceRun } from '#app/domain/billing/confirm-invoice-run.server.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { listUnbilled } from '#app/domain/billing/unbilled-queries.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { correctSession } from '#app/domain/corrections/correct-session.server.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { bookMakeUp } from '#app/domain/make-ups/book-make-up.server.ts';
import { expireMakeUps } from '#app/domain/make-ups/expire-make-ups.server.ts';
import { extendMakeUp } from '#app/domain/make-ups/extend-make-up.server.ts';
import { giveUpMakeUp } from '#app/domain/make-ups/give-up-make-up.server.ts';
import { markMakeUp } from '#app/domain/make-ups/mark-make-up.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { previewCancellation } from '#app/domain/scheduling/preview-cancellation.server.ts';
import { restoreSession } from '#app/domain/scheduling/restore-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-01T08:00:00Z' });
const actor: Actor = { userId: null, kind: 'system' };
const organisation = await anOrganisation(db, {
  timezone: 'America/New_York',
  policies: JSON.stringify({
    completion: 'closeout',
    no_show: { wait_percent: '33', client_charge_percent: '50', tutor_pay_percent: '50' },
    late_cancel: {
      notice_hours: 24,
      client_charge_percent: '50',
      tutor_pay_percent: '25',
      steps: [{ under_hours: 4, client_charge_percent: '100', tutor_pay_percent: '60' }],
    },
  }),
});
const subject = await aSubject(db);
const tutor = await aTutor(db, { subjectIds: [subject.id] });
const stepped = await aProgram(db);
const withFree = await aProgram(db, { policyOverrides: JSON.stringify({ late_cancel: { free_per_term: 2 } }) });
const withMakeUps = await aProgram(db, { policyOverrides: JSON.stringify({ make_up: { on: 'both', valid_days: 14 } }) });
let day = 0;

beforeAll(async () => {
  await aRate(db, { amountPerHour: 6000n });
  await aRate(db, { side: 'pay', amountPerHour: 4000n });
  await db.insertInto('term').values({ name: 'Spring', startsOn: '2026-03-01', endsOn: '2026-05-31' }).execute();
});
beforeEach(() => ctx.setNow('2026-03-01T08:00:00Z'));

/** At 15:00 in New York, on a day of its own, after the clocks went forward (19:00 UTC). */
async function aSession(programId: string, over: { studentIds?: string[]; minutes?: number; on?: string } = {}) {
  day += 1;
  const date = over.on ?? new Date(Date.UTC(2026, 2, 9 + day)).toISOString().slice(0, 10);
  const studentIds = over.studentIds ?? [(await aStudent(db)).id];
  const booking = {
    tutorId: tutor.id,
    studentIds,
    programId,
    subjectId: subject.id,
    wallStart: `${date}T15:00`,
    durationMinutes: over.minutes ?? 60,
    mode: 'in_person' as const,
    location: 'Room 4',
    billable: true,
  };
  return { booking, date, studentIds, studentId: studentIds[0] ?? '', start: Date.parse(`${date}T19:00:00Z`) };
}

async function booked(programId: string, over: Parameters<typeof aSession>[1] = {}) {
  const { booking, ...known } = await aSession(programId, over);
  return { ...known, ...(await bookSession(db, ctx, actor, booking)) };
}

const hour = 3_600_000;
const at = (instant: number) => ctx.setNow(new Date(instant).toISOString());
const cancel = (session: { sessionId: string; start: number }, notice: number, by: 'client' | 'tutor' | 'office' = 'client') => {
  at(session.start - notice);
  return cancelSession(db, ctx, actor, { sessionId: session.sessionId, by, reason: '' });
};
const closeOut = (
  session: Omit<Awaited<ReturnType<typeof booked>>, 'warnings'>,
  outcome: 'attended' | 'no_show' | 'technical_failure',
) => {
  at(session.start + 2 * hour);
  return submitCloseOut(
    db,
    ctx,
    actor,
    {
      sessionId: session.sessionId,
      actualWallStart: `${session.date}T15:00`,
      actualMinutes: 60,
      notes: '',
      privateNote: '',
      homework: '',
      nextTopics: '',
      attendance: session.studentIds.map((studentId) => ({ studentId, outcome })),
    },
    { office: true },
  );
};

/** What the family is charged and the tutor is paid, minor units, and why who missed it is not charged. */
async function comesTo(sessionId: string) {
  const { rows } = await sql<{
    charged: bigint;
    paid: bigint;
    waived: string | null;
    makeUp: string | null;
    leftOut: string | null;
  }>`
    SELECT coalesce((SELECT sum(c.net) FROM charge c JOIN attendance a ON a.id = c.attendance_id WHERE a.session_id = s.id), 0)::bigint AS charged,
      coalesce((SELECT sum(amount) FROM pay_item p WHERE p.session_id = s.id), 0)::bigint AS paid,
      (SELECT waived_as FROM attendance a WHERE a.session_id = s.id) AS waived,
      (SELECT m.state FROM make_up m JOIN attendance a ON a.id = m.attendance_id WHERE a.session_id = s.id) AS make_up,
      (SELECT left_out FROM attendance a WHERE a.session_id = s.id) AS left_out
    FROM session s WHERE s.id = ${sessionId}`.execute(db);
  const [row] = rows;
  return [row?.charged, row?.paid, row?.waived, row?.makeUp];
}
const makeUpOf = (sessionId: string) =>
  db
    .selectFrom('makeUp')
    .innerJoin('attendance', 'attendance.id', 'makeUp.attendanceId')
    .selectAll('makeUp')
    .where('sessionId', '=', sessionId)
    .executeTakeFirstOrThrow();
const refusal = async (work: Promise<unknown>) => {
  try {
    await work;
  } catch (error) {
    return isDomainError(error) ? `${error.code}: ${error.message}` : error;
  }
  return undefined;
};

describe('steps of notice', () => {
  it('what less notice costs is copied at the cancellation: exactly four hours is in time of that step', async () => {
    const early = await booked(stepped.id);
    const inTime = await booked(stepped.id);
    const late = await booked(stepped.id);
    await cancel(early, 24 * hour);
    await cancel(inTime, 4 * hour);
    await cancel(late, 4 * hour - 1000);
    expect(await comesTo(early.sessionId)).toEqual([0n, 0n, null, null]);
    expect(await comesTo(inTime.sessionId)).toEqual([3000n, 1000n, null, null]);
    expect(await comesTo(late.sessionId)).toEqual([6000n, 2400n, null, null]);
  });

  it('over the night that the clocks change it is hours that count, not the time of day', async () => {
    const early = await aSession(stepped.id, { on: '2026-03-08' });
    const booking = { ...early.booking, wallStart: '2026-03-08T09:00' };
    const { sessionId } = await bookSession(db, ctx, actor, booking);
    // 9:00 on the day the clocks went forward is 13:00 UTC; 9:00 the day before was 14:00 UTC: 23 hours.
    await cancel({ sessionId, start: Date.parse('2026-03-08T13:00:00Z') }, 23 * hour);
    expect((await comesTo(sessionId))[0]).toBe(3000n);
  });

  it('is said before: which step it is, and from when it costs more', async () => {
    const session = await booked(stepped.id);
    at(session.start - 10 * hour);
    const preview = await previewCancellation(db, ctx, { sessionId: session.sessionId, by: 'client' });
    expect(preview).toMatchObject({
      late: true,
      underHours: null,
      nextStep: { at: new Date(session.start - 4 * hour), chargePercent: '100' },
      places: [{ fee: 3000n, waiver: null }],
      pay: 1000n,
    });
    at(session.start - 3 * hour);
    expect(await previewCancellation(db, ctx, { sessionId: session.sessionId, by: 'client' })).toMatchObject({
      underHours: 4,
      nextStep: null,
      places: [{ fee: 6000n, chargePercent: '100' }],
      pay: 2400n,
    });
  });
});

describe('free cancellations of a term', () => {
  it('two are free and the tutor is paid for them; the third is charged; a restored one gives its own back', async () => {
    const { id } = await aStudent(db);
    const [first, second, third, fourth] = [
      await booked(withFree.id, { studentIds: [id] }),
      await booked(withFree.id, { studentIds: [id] }),
      await booked(withFree.id, { studentIds: [id] }),
      await booked(withFree.id, { studentIds: [id] }),
    ];
    await cancel(first, hour);
    at(second.start - hour);
    const said = await previewCancellation(db, ctx, { sessionId: second.sessionId, by: 'client' });
    expect(said.places[0]).toMatchObject({ fee: 0n, waiver: { as: 'free', ordinal: 2, of: 2, termName: 'Spring' } });
    await cancel(second, hour);
    await cancel(third, hour);
    expect(await comesTo(first.sessionId)).toEqual([0n, 2400n, 'free', null]);
    expect(await unbilled(first.sessionId)).toEqual([['no_charge', { as: 'free', termName: 'Spring' }]]);
    expect(await comesTo(third.sessionId)).toEqual([6000n, 2400n, null, null]);
    at(first.start - 2 * hour);
    await restoreSession(db, ctx, actor, { sessionId: first.sessionId });
    expect(await comesTo(first.sessionId)).toEqual([0n, 0n, null, null]);
    await cancel(fourth, hour);
    expect((await comesTo(fourth.sessionId))[2]).toBe('free');
    expect((await comesTo(third.sessionId))[2]).toBeNull();
  });

  it('of two cancellations at the same moment only one is the last free one', async () => {
    const { id } = await aStudent(db);
    const all = [];
    for (let n = 0; n < 4; n++) all.push(await booked(withFree.id, { studentIds: [id] }));
    at((all[0]?.start ?? 0) - hour);
    const now = ctx.clock();
    for (const { sessionId } of all)
      await db
        .updateTable('session')
        .set({ startsAt: new Date(now.getTime() + hour), endsAt: new Date(now.getTime() + 2 * hour) })
        .where('id', '=', sessionId)
        .execute();
    await Promise.all(all.map(({ sessionId }) => cancelSession(db, ctx, actor, { sessionId, by: 'client', reason: '' })));
    const waived = await Promise.all(all.map(async ({ sessionId }) => (await comesTo(sessionId))[2]));
    expect(waived.filter((one) => one === 'free')).toHaveLength(2);
  });
});

/** What the office reads of a place that is on no invoice. */
const unbilled = async (sessionId: string) =>
  (await listUnbilled(db, {})).filter((place) => place.sessionId === sessionId).map(({ reason, waived }) => [reason, waived]);

describe('making up instead of paying', () => {
  const missed = async (over: Parameters<typeof booked>[1] = {}) => {
    const session = await booked(withMakeUps.id, over);
    await cancel(session, hour);
    return { ...session, makeUp: await makeUpOf(session.sessionId) };
  };
  const makingUp = async (of: Awaited<ReturnType<typeof missed>>, over: { days?: number; minutes?: number } = {}) => {
    const on = new Date(Date.parse(of.date) + (over.days ?? 7) * 86_400_000).toISOString().slice(0, 10);
    const { booking, ...known } = await aSession(withMakeUps.id, { studentIds: of.studentIds, on, ...over });
    // Two days may fall on another test's: a tutor of its own.
    const other = await aTutor(db, { subjectIds: [subject.id] });
    const { sessionId } = await bookMakeUp(db, ctx, actor, { ...booking, tutorId: other.id, makeUpId: of.makeUp.id });
    return { ...known, sessionId };
  };

  it('what was missed is not charged while it is open, and the tutor is paid at once; made up for, it never is', async () => {
    const late = await missed();
    expect(await comesTo(late.sessionId)).toEqual([0n, 2400n, 'make_up', 'open']);
    const open = { as: 'make_up', state: 'open', expiresOn: late.makeUp.expiresOn };
    expect(await unbilled(late.sessionId)).toEqual([['no_charge', open]]);
    const instead = await makingUp(late);
    await closeOut(instead, 'attended');
    expect(await comesTo(instead.sessionId)).toEqual([6000n, 4000n, null, null]);
    ctx.setNow('2026-09-01T12:00:00Z');
    await expireMakeUps(db, ctx);
    expect(await comesTo(late.sessionId)).toEqual([0n, 2400n, 'make_up', 'used']);
  });

  it('said to have been missed once its days are over, it is charged at once', async () => {
    const session = await booked(withMakeUps.id);
    at(session.start + 20 * 24 * hour);
    const input = {
      sessionId: session.sessionId,
      by: 'client' as const,
      reason: '',
      cancelledAt: new Date(session.start - hour),
    };
    expect((await previewCancellation(db, ctx, input)).places[0]).toMatchObject({ fee: 6000n, waiver: null });
    await cancelSession(db, ctx, actor, input);
    expect(await comesTo(session.sessionId)).toEqual([6000n, 2400n, null, null]);
  });

  it('who is not billed owes nothing, so that nothing is waived or to be made up for', async () => {
    const client = await aClient(db, { billingInstallId: organisation.installs['billing-none'] });
    const { id } = await aStudent(db, { clientId: client.id });
    for (const program of [withMakeUps, withFree]) {
      const session = await booked(program.id, { studentIds: [id] });
      at(session.start - hour);
      const said = await previewCancellation(db, ctx, { sessionId: session.sessionId, by: 'client' });
      expect(said.places[0]?.waiver).toBeNull();
      await cancel(session, hour);
      expect(await comesTo(session.sessionId)).toEqual([0n, 2400n, null, null]);
    }
  });

  it('that ran out while a run was looked at is told before it is issued, and is billed with it', async () => {
    const late = await missed({ on: '2026-08-05' });
    const period = { from: '2026-08-05', to: '2026-08-06' };
    const { hash } = await previewInvoiceRun(db, period, ctx.clock());
    ctx.setNow('2026-08-25T12:00:00Z');
    await expireMakeUps(db, ctx);
    expect(await refusal(confirmInvoiceRun(db, ctx, actor, { ...period, hash }))).toMatch(/^preview_changed/);
    const after = await previewInvoiceRun(db, period, ctx.clock());
    expect(after.families.flatMap((family) => family.lines.map((line) => line.net))).toEqual([6000n]);
    expect(await unbilled(late.sessionId)).toEqual([['ready', null]]);
  });

  it('that runs out after its month was billed is late on the next run', async () => {
    const late = await missed({ on: '2026-08-12' });
    const other = await booked(stepped.id, { on: '2026-08-13' });
    await cancel(other, hour);
    await runInvoices(db, ctx, actor, { from: '2026-08-12', to: '2026-08-14' });
    expect(await unbilled(late.sessionId)).toMatchObject([['no_charge', { state: 'open' }]]);
    ctx.setNow('2026-09-15T12:00:00Z');
    await expireMakeUps(db, ctx);
    expect(await unbilled(late.sessionId)).toEqual([['late', null]]);
  });

  it('unused, it is charged on the day after its last, once', async () => {
    const late = await missed();
    const last = Date.parse(`${late.makeUp.expiresOn}T00:00:00Z`);
    // The last minute of its last day in New York.
    at(last + 28 * hour - 60_000);
    await expireMakeUps(db, ctx);
    expect((await comesTo(late.sessionId))[0]).toBe(0n);
    at(last + 28 * hour);
    await expireMakeUps(db, ctx);
    await expireMakeUps(db, ctx);
    expect(await comesTo(late.sessionId)).toEqual([6000n, 2400n, null, 'expired']);
    const posted = await db.selectFrom('ledgerTransaction').select('id').where('sessionId', '=', late.sessionId).execute();
    expect(posted.length).toBeGreaterThan(0);
  });

  it('a no-show may be made up for too; closed out otherwise it is as if it had never been', async () => {
    const session = await booked(withMakeUps.id);
    await closeOut(session, 'no_show');
    expect(await comesTo(session.sessionId)).toEqual([0n, 2000n, 'make_up', 'open']);
    await closeOut(session, 'no_show');
    expect(await comesTo(session.sessionId)).toEqual([0n, 2000n, 'make_up', 'open']);
    await closeOut(session, 'attended');
    expect(await comesTo(session.sessionId)).toEqual([6000n, 4000n, null, null]);
  });

  it('given up, it is charged at once; again changes nothing', async () => {
    const late = await missed();
    await giveUpMakeUp(db, ctx, actor, { makeUpId: late.makeUp.id });
    await giveUpMakeUp(db, ctx, actor, { makeUpId: late.makeUp.id });
    expect(await comesTo(late.sessionId)).toEqual([6000n, 2400n, null, 'given_up']);
  });

  it('the office gives longer, and then that day counts', async () => {
    const late = await missed();
    const until = new Date(Date.parse(late.makeUp.expiresOn) + 7 * 86_400_000).toISOString().slice(0, 10);
    await extendMakeUp(db, ctx, actor, { makeUpId: late.makeUp.id, until, today: late.date });
    at(Date.parse(late.makeUp.expiresOn) + 48 * hour);
    await expireMakeUps(db, ctx);
    expect((await comesTo(late.sessionId))[3]).toBe('open');
    expect(
      await refusal(extendMakeUp(db, ctx, actor, { makeUpId: late.makeUp.id, until: '2026-01-01', today: late.date })),
    ).toContain('today or a later day');
    expect(
      await refusal(extendMakeUp(db, ctx, actor, { makeUpId: late.makeUp.id, until: '2029-02-31', today: late.date })),
    ).toContain('Enter the last day');
  });

  it('of a session that makes up for another and is cancelled in time, or by the tutor, the make-up is open again', async () => {
    const late = await missed();
    const instead = await makingUp(late);
    await cancel(instead, 48 * hour);
    expect(await makeUpOf(late.sessionId)).toMatchObject({ state: 'open', expiresOn: late.makeUp.expiresOn });
    const again = await makingUp(late, { days: 8 });
    await cancel(again, hour, 'tutor');
    const reopened = await makeUpOf(late.sessionId);
    expect(reopened.state).toBe('open');
    // Not the family's doing: as long again from that day.
    expect(reopened.expiresOn > late.makeUp.expiresOn).toBe(true);
  });

  it('cancelled late itself it is charged as any, without another make-up, and the first stays made up for', async () => {
    const late = await missed();
    const instead = await makingUp(late);
    await cancel(instead, hour);
    expect(await comesTo(instead.sessionId)).toEqual([6000n, 2400n, null, null]);
    expect(await comesTo(late.sessionId)).toEqual([0n, 2400n, 'make_up', 'used']);
  });

  it.each([
    ['too late', { days: 15 }, 'no later'],
    ['too short', { minutes: 30 }, 'at least 60 minutes'],
  ])('what is %s makes up for nothing, and nothing is booked', async (_, over, why) => {
    const late = await missed();
    expect(await refusal(makingUp(late, over))).toContain(why);
    const planned = await db.selectFrom('attendance').select('id').where('studentId', '=', late.studentId).execute();
    expect(planned).toHaveLength(1);
  });

  it('one session makes up for one other', async () => {
    const { id } = await aStudent(db);
    const [first, second] = [await missed({ studentIds: [id] }), await missed({ studentIds: [id] })];
    const instead = await makingUp(second, { days: 5 });
    await markMakeUp(db, ctx, actor, { makeUpId: second.makeUp.id, sessionId: instead.sessionId });
    expect(await refusal(markMakeUp(db, ctx, actor, { makeUpId: first.makeUp.id, sessionId: instead.sessionId }))).toContain(
      'another one',
    );
  });

  it('restored, what was missed is planned again and its make-up is gone', async () => {
    const session = await booked(withMakeUps.id);
    await cancel(session, hour);
    await restoreSession(db, ctx, actor, { sessionId: session.sessionId });
    expect(await comesTo(session.sessionId)).toEqual([0n, 0n, null, null]);
  });

  it('a correction decides anew: a lesson that turns out to have been missed may be made up for', async () => {
    const session = await booked(withMakeUps.id);
    await closeOut(session, 'attended');
    const { version } = await db
      .selectFrom('session')
      .select('version')
      .where('id', '=', session.sessionId)
      .executeTakeFirstOrThrow();
    await correctSession(db, ctx, actor, {
      sessionId: session.sessionId,
      version,
      outcomes: [{ studentId: session.studentId, outcome: 'no_show' }],
      actualMinutes: 60,
      miles: null,
      billable: true,
      chargeRate: null,
      payRate: null,
      reprice: false,
      reason: 'They were not there',
    });
    expect(await comesTo(session.sessionId)).toEqual([0n, 2000n, 'make_up', 'open']);
  });
});
