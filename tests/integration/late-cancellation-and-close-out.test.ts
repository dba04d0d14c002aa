import { beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { billAgain } from '#app/domain/billing/bill-again.server.ts';
import { issueCreditNote } from '#app/domain/billing/issue-credit-note.server.ts';
import { runInvoices } from '#app/domain/billing/run-invoices.server.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { approvePayRun } from '#app/domain/payroll/approve-pay-run.server.ts';
import { previewPayRun } from '#app/domain/payroll/preview-pay-run.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const context = testContext(db, { now: '2026-03-01T09:00:00Z' });
const actor: Actor = { userId: null, kind: 'system' };
let tutorId: string;
let programId: string;
let subjectId: string;
const students: string[] = [];

async function aGroup(date: string): Promise<string> {
  const { sessionId } = await bookSession(db, context, actor, {
    tutorId,
    studentIds: students,
    programId,
    subjectId,
    wallStart: `${date}T10:00`,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 1',
    billable: true,
  });
  return sessionId;
}

const cancel = (sessionId: string, date: string, studentId: string) =>
  cancelSession(db, context, actor, {
    sessionId,
    by: 'client',
    reason: 'Fever',
    cancelledAt: new Date(`${date}T09:00:00Z`),
    studentIds: [studentId],
  });

const closeOut = (
  sessionId: string,
  date: string,
  present: readonly string[],
  { actualWallStart = `${date}T10:00`, actualMinutes = 60 } = {},
) =>
  submitCloseOut(db, context, actor, {
    sessionId,
    actualWallStart,
    actualMinutes,
    notes: '',
    privateNote: '',
    homework: '',
    nextTopics: '',
    attendance: present.map((studentId) => ({ studentId, outcome: 'attended' as const })),
  });

const placesOf = (sessionId: string) =>
  db
    .selectFrom('attendance')
    .leftJoin('charge', 'charge.attendanceId', 'attendance.id')
    .select(['attendance.studentId', 'attendance.outcome', 'charge.net', 'charge.runId'])
    .where('attendance.sessionId', '=', sessionId)
    .execute();

beforeAll(async () => {
  const organisation = await anOrganisation(db);
  tutorId = (await aTutor(db)).id;
  programId = (await aProgram(db, { kind: 'group', capacity: 3 })).id;
  subjectId = (await aSubject(db)).id;
  await aRate(db, { amountPerHour: 4000n });
  await aRate(db, { side: 'pay', amountPerHour: 2000n });
  for (let index = 0; index < 2; index++) {
    const client = await aClient(db, { billingInstallId: organisation.installs['billing-invoicing'] });
    students.push((await aStudent(db, { clientId: client.id })).id);
  }
});

describe('a group with a late cancellation', () => {
  it('that is invoiced before the lesson is still closed out, sent back and closed out again by those who came', async () => {
    const date = '2026-03-10';
    const [ill = '', present = ''] = students;
    const sessionId = await aGroup(date);
    await cancel(sessionId, date, ill);
    await runInvoices(db, context, actor, { from: date, to: '2026-03-11' });
    const invoiced = (await placesOf(sessionId)).find((place) => place.studentId === ill);
    expect(invoiced?.runId).not.toBeNull();
    context.setNow(`${date}T12:00:00Z`);
    await closeOut(sessionId, date, [present]);
    await sendBackCloseOut(db, context, actor, { sessionId, reason: 'Which homework?' });
    await closeOut(sessionId, date, [present]);
    await approveCloseOuts(db, context, actor, { sessionIds: [sessionId] });
    const places = await placesOf(sessionId);
    expect(places.find((place) => place.studentId === present)).toMatchObject({ outcome: 'attended', net: 4000n, runId: null });
    expect(places.find((place) => place.studentId === ill)).toEqual(invoiced);
    await runInvoices(db, context, actor, { from: '2026-03-01', to: '2026-04-01' });
    await expect(closeOut(sessionId, date, [present])).rejects.toMatchObject({ code: 'locked' });
  });

  it('does not move: the fee was settled for this time and length', async () => {
    const date = '2026-04-10';
    const sessionId = await aGroup(date);
    await cancel(sessionId, date, students[0] ?? '');
    const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
    const move = { sessionId, version, wallStart: '2026-05-10T10:00', durationMinutes: 60 };
    await expect(rescheduleSession(db, context, actor, move)).rejects.toMatchObject({ code: 'locked' });
  });
});

describe('a close-out', () => {
  it('with a character that no database holds is refused as a whole, not broken', async () => {
    const date = '2026-03-11';
    const sessionId = await aGroup(date);
    context.setNow(`${date}T12:00:00Z`);
    await expect(
      submitCloseOut(db, context, actor, {
        sessionId,
        actualWallStart: `${date}T10:00`,
        actualMinutes: 60,
        notes: 'Fractions\0',
        privateNote: '',
        homework: '',
        nextTopics: '',
        attendance: students.map((studentId) => ({ studentId, outcome: 'attended' as const })),
      }),
    ).rejects.toMatchObject({ name: 'DomainError', code: 'invalid_value' });
    expect((await placesOf(sessionId)).map((place) => place.outcome)).toEqual(['planned', 'planned']);
  });
});

describe('a session that is invoiced and paid', () => {
  it('can be set right after a credit note and billed again, while the pay line stays as it was', async () => {
    const date = '2026-06-15';
    const day = { from: date, to: '2026-06-16' };
    const sessionId = await aGroup(date);
    await cancelSession(db, context, actor, { sessionId, by: 'office', reason: '', studentIds: [students[1] ?? ''] });
    const [present = ''] = students;
    context.setNow(`${date}T12:00:00Z`);
    await closeOut(sessionId, date, [present]);
    await approveCloseOuts(db, context, actor, { sessionIds: [sessionId] });
    await runInvoices(db, context, actor, day);
    const preview = await previewPayRun(db, day);
    await approvePayRun(db, context, actor, { ...day, hash: preview.hash });
    await expect(closeOut(sessionId, date, [present])).rejects.toMatchObject({ message: expect.stringContaining('invoice') });
    const line = await db
      .selectFrom('invoiceLine')
      .innerJoin('charge', 'charge.id', 'invoiceLine.chargeId')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .select(['invoiceLine.id', 'invoiceLine.invoiceId', 'charge.attendanceId'])
      .where('attendance.sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
    await issueCreditNote(db, context, actor, { invoiceId: line.invoiceId, lineIds: [line.id], reason: 'It was 45 minutes' });
    await closeOut(sessionId, date, [present], { actualMinutes: 45 });
    await approveCloseOuts(db, context, actor, { sessionIds: [sessionId] });
    await billAgain(db, context, actor, { attendanceId: line.attendanceId ?? '' });
    const charges = await db
      .selectFrom('charge')
      .select(['revision', 'net', 'runId'])
      .where('attendanceId', '=', line.attendanceId)
      .orderBy('revision')
      .execute();
    expect(charges).toMatchObject([{ net: 4000n }, { revision: 2, net: 3000n, runId: null }]);
    const pay = await db.selectFrom('payItem').select(['amount', 'minutes']).where('sessionId', '=', sessionId).execute();
    expect(pay).toEqual([{ amount: 2000n, minutes: 60 }]);
    await expect(closeOut(sessionId, date, [present])).rejects.toMatchObject({ message: expect.stringContaining('pay run') });
  });
});

describe('the actual start', () => {
  it.each(['2026-03-24T10:00', '0001-01-01T10:00', '9999-12-31T10:00'])(
    'of %s is no start of a lesson on 14 March',
    async (wall) => {
      const date = '2026-03-14';
      const taken = await db.selectFrom('session').select('id').where('localDate', '=', date).executeTakeFirst();
      const sessionId = taken?.id ?? (await aGroup(date));
      context.setNow(`${date}T12:00:00Z`);
      await expect(closeOut(sessionId, date, students, { actualWallStart: wall })).rejects.toMatchObject({
        code: 'invalid_value',
        field: 'actualWallStart',
      });
    },
  );
});

describe('a close-out that was sent back', () => {
  it('leaves the session to be cancelled: what it said of the students holds no more', async () => {
    const date = '2026-03-12';
    const sessionId = await aGroup(date);
    context.setNow(`${date}T12:00:00Z`);
    await closeOut(sessionId, date, students);
    await sendBackCloseOut(db, context, actor, { sessionId, reason: 'It never took place' });
    await cancelSession(db, context, actor, { sessionId, by: 'office', reason: 'It never took place' });
    expect((await placesOf(sessionId)).map((place) => place.outcome)).toEqual(['cancelled', 'cancelled']);
  });

  it('keeps its students taken when the session is moved', async () => {
    const date = '2026-03-13';
    const sessionId = await aGroup(date);
    context.setNow(`${date}T12:00:00Z`);
    await closeOut(sessionId, date, students);
    await sendBackCloseOut(db, context, actor, { sessionId, reason: 'It is next week' });
    const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
    await rescheduleSession(db, context, actor, { sessionId, version, wallStart: '2026-03-20T10:00', durationMinutes: 60 });
    const taken = await db
      .selectFrom('sessionResource')
      .select('resourceId')
      .where('sessionId', '=', sessionId)
      .where('blocking', '=', true)
      .execute();
    expect(new Set(taken.map((row) => row.resourceId))).toEqual(new Set([tutorId, ...students]));
  });
});
