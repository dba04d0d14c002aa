import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { previewInvoiceRun } from '#app/domain/billing/preview-invoice-run.server.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { movePlace } from '#app/domain/groups/move-place.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { changeSessions } from '#app/domain/scheduling/change-sessions.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { createSeries } from '#app/domain/series/create-series.server.ts';
import { editSeries } from '#app/domain/series/edit-series.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase({ max: 20 });
const ctx = testContext(db);
const actor: Actor = { userId: null, kind: 'system' };
const rules = (noticeHours: number) =>
  JSON.stringify({
    completion: 'closeout',
    late_cancel: { notice_hours: noticeHours, client_charge_percent: '50', tutor_pay_percent: '50' },
  });
const { installs } = await anOrganisation(db, { policies: rules(24) });
const subject = await aSubject(db);
const program = await aProgram(db, { kind: 'group', capacity: 5, durations: [50] });

beforeEach(() => ctx.setNow('2026-03-02T07:00:00Z'));

const aTeacher = async (charge: bigint, pay: bigint) => {
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  await aRate(db, { tutorId: tutor.id, amountPerHour: charge });
  await aRate(db, { side: 'pay', tutorId: tutor.id, amountPerHour: pay });
  return tutor;
};
const aChild = async () => {
  const client = await aClient(db);
  return { clientId: client.id, id: (await aStudent(db, { clientId: client.id })).id };
};
const book = async (tutorId: string, studentIds: string[], wallStart: string) =>
  (
    await bookSession(db, ctx, actor, {
      tutorId,
      studentIds,
      programId: program.id,
      subjectId: subject.id,
      wallStart,
      durationMinutes: 50,
      mode: 'in_person',
      billable: true,
    })
  ).sessionId;
const taught = (sessionId: string, wallStart: string, studentIds: string[]) =>
  submitCloseOut(db, ctx, actor, {
    sessionId,
    actualWallStart: wallStart,
    actualMinutes: 50,
    notes: '',
    privateNote: '',
    homework: '',
    nextTopics: '',
    attendance: studentIds.map((studentId) => ({ studentId, outcome: 'attended' as const })),
  });
const MARCH = { from: '2026-03-01', to: '2026-04-01' };
const invoiced = async (clientId: string) => {
  const { families } = await previewInvoiceRun(db, MARCH, ctx.clock());
  return families.find((family) => family.clientId === clientId)?.lines.map((line) => line.net) ?? [];
};
const paid = async (tutorId: string) => {
  const { statements } = await previewPayRun(db, MARCH, ctx.clock());
  return statements.find((statement) => statement.tutorId === tutorId)?.lines.map((line) => line.amount) ?? [];
};

it('a group in which one cancels late and one is moved alone: each family to the cent, the tutor once', async () => {
  const tutor = await aTeacher(3333n, 2000n);
  const [late, moved, comes, there] = await Promise.all([aChild(), aChild(), aChild(), aChild()]);
  const group = await book(tutor.id, [late.id, moved.id, comes.id], '2026-03-03T16:00');
  const other = await book(tutor.id, [there.id], '2026-03-05T16:00');
  await movePlace(db, ctx, actor, {
    sessionId: group,
    studentId: moved.id,
    toSessionId: other,
    by: 'client',
    reason: '',
  });
  ctx.setNow('2026-03-03T10:00:00Z');
  await cancelSession(db, ctx, actor, { sessionId: group, studentIds: [late.id], by: 'client', reason: '' });
  ctx.setNow('2026-03-03T18:00:00Z');
  await taught(group, '2026-03-03T16:00', [comes.id]);
  ctx.setNow('2026-03-05T18:00:00Z');
  await taught(other, '2026-03-05T16:00', [there.id, moved.id]);
  // 33.33 x 50 / 60 is 27.775, half of it 13.8875: each rounded once, at its end.
  expect(await invoiced(late.clientId)).toEqual([1389n]);
  expect(await invoiced(moved.clientId)).toEqual([2778n]);
  expect(await invoiced(comes.clientId)).toEqual([2778n]);
  expect(await paid(tutor.id)).toEqual([1667n, 1667n]);
});

describe('another tutor', () => {
  it('who steps in for one session brings their own rates, on both sides', async () => {
    const [former, substitute] = [await aTeacher(6000n, 3000n), await aTeacher(9000n, 4500n)];
    const child = await aChild();
    const sessionId = await book(former.id, [child.id], '2026-03-10T16:00');
    const substituted = {
      decisions: [{ sessionId, version: 1, choice: { kind: 'substitute' as const, tutorId: substitute.id } }],
      by: 'tutor' as const,
      reason: '',
      onFailure: 'rest' as const,
    };
    await changeSessions(db, ctx, actor, substituted);
    ctx.setNow('2026-03-10T18:00:00Z');
    await taught(sessionId, '2026-03-10T16:00', [child.id]);
    expect(await invoiced(child.clientId)).toEqual([7500n]);
    expect([await paid(former.id), await paid(substitute.id)]).toEqual([[], [3750n]]);
  });

  it('who takes a series over brings theirs from then on; what is over stays as it was', async () => {
    const [former, next] = [await aTeacher(6000n, 3000n), await aTeacher(9000n, 4500n)];
    const child = await aChild();
    const { seriesId, sessionIds } = await createSeries(db, ctx, actor, {
      tutorId: former.id,
      studentIds: [child.id],
      programId: program.id,
      subjectId: subject.id,
      durationMinutes: 50,
      mode: 'in_person',
      billable: true,
      rrule: 'FREQ=WEEKLY;BYDAY=TU',
      startsOn: '2026-03-17',
      time: '09:00',
      occurrences: 2,
    });
    ctx.setNow('2026-03-17T18:00:00Z');
    await taught(sessionIds[0] ?? '', '2026-03-17T09:00', [child.id]);
    await editSeries(db, ctx, actor, {
      seriesId,
      version: 1,
      editId: randomUUID(),
      scope: 'all',
      from: '2026-03-17',
      change: { tutorId: next.id },
    });
    ctx.setNow('2026-03-24T18:00:00Z');
    await taught(sessionIds[1] ?? '', '2026-03-24T09:00', [child.id]);
    expect(await invoiced(child.clientId)).toEqual([5000n, 7500n]);
    expect([await paid(former.id), await paid(next.id)]).toEqual([[2500n], [3750n]]);
  });
});

it('a session that moves past a change of the policy keeps the notice that was agreed at its booking', async () => {
  const tutor = await aTeacher(6000n, 3000n);
  const child = await aChild();
  const sessionId = await book(tutor.id, [child.id], '2026-03-12T16:00');
  await db
    .updateTable('organisation')
    .set({ policies: rules(72) })
    .execute();
  const later = await book(tutor.id, [child.id], '2026-03-13T12:00');
  await rescheduleSession(db, ctx, actor, { sessionId, version: 1, wallStart: '2026-03-13T16:00', durationMinutes: 50 });
  // 30 hours before.
  ctx.setNow('2026-03-12T10:00:00Z');
  for (const id of [sessionId, later]) await cancelSession(db, ctx, actor, { sessionId: id, by: 'client', reason: '' });
  await db
    .updateTable('organisation')
    .set({ policies: rules(24) })
    .execute();
  // Of the one that was booked under the new policy.
  expect(await invoiced(child.clientId)).toEqual([2500n]);
});

describe('credits that end with March', () => {
  /** One credit that ends with March, and an hour booked with it on the 30th. */
  async function onTheLastDays(tutorId: string) {
    const client = await aClient(db, { billingInstallId: installs['billing-credits'] });
    const student = await aStudent(db, { clientId: client.id });
    const sell = (expiresOn?: string) =>
      sellPackage(db, ctx, actor, { clientId: client.id, credits: 100n, price: 0n, purchasedOn: '2026-03-01', expiresOn });
    await sell('2026-03-31');
    const sessionId = await book(tutorId, [student.id], '2026-03-30T16:00');
    const move = (version: number, wallStart: string) =>
      rescheduleSession(db, ctx, actor, { sessionId, version, wallStart, durationMinutes: 50 });
    const balances = async () => {
      const rows = await db
        .selectFrom('creditLot')
        .innerJoin('account', 'account.id', 'creditLot.accountId')
        .select(['expiresOn', 'balance'])
        .where('creditLot.clientId', '=', client.id)
        .orderBy('expiresOn')
        .execute();
      return rows.map((row) => row.balance);
    };
    return { sell, move, balances };
  }

  it('don’t pay for a lesson that is moved into April', async () => {
    const tutor = await aTeacher(6000n, 3000n);
    const { move, balances } = await onTheLastDays(tutor.id);
    await expect(move(1, '2026-04-02T16:00')).rejects.toMatchObject({ code: 'insufficient_credits' });
    expect(await balances()).toEqual([0n]);
    await move(1, '2026-03-31T16:00');
    expect(await balances()).toEqual([0n]);
  });

  it('are given back when others pay for it there', async () => {
    const tutor = await aTeacher(6000n, 3000n);
    const { sell, move, balances } = await onTheLastDays(tutor.id);
    await sell();
    await move(1, '2026-04-02T16:00');
    expect(await balances()).toEqual([100n, 0n]);
  });
});
