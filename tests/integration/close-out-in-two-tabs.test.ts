import { expect, it } from 'vitest';
import type { Actor } from '#app/context.ts';
import { approveCloseOuts } from '#app/domain/closeout/approve-close-outs.server.ts';
import type { CloseOutInput } from '#app/domain/closeout/close-out.schema.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const actor: Actor = { userId: null, kind: 'system' };
const { db } = await testDatabase();
const context = testContext(db, { now: '2026-03-10T08:00:00Z' });
const noShow = { wait_percent: 0, client_charge_percent: 100, tutor_pay_percent: 50, pay_base: 'tutor_pay' };
await anOrganisation(db, { policies: JSON.stringify({ no_show: noShow }) });
const program = await aProgram(db);
const subject = await aSubject(db, { name: 'Chemistry' });
await aRate(db);

async function taught() {
  const student = await aStudent(db, { firstName: 'Nora' });
  const tutor = await aTutor(db, { subjectIds: [subject.id] });
  context.setNow('2026-03-10T08:00:00Z');
  const { sessionId } = await bookSession(db, context, actor, {
    tutorId: tutor.id,
    studentIds: [student.id],
    programId: program.id,
    subjectId: subject.id,
    wallStart: '2026-03-10T10:00',
    durationMinutes: 60,
    mode: 'in_person',
    billable: true,
  });
  context.setNow('2026-03-10T12:00:00Z');
  const form: CloseOutInput = {
    sessionId,
    actualWallStart: '2026-03-10T10:00',
    actualMinutes: 60,
    notes: 'Acids',
    privateNote: '',
    homework: '',
    nextTopics: '',
    attendance: [{ studentId: student.id, outcome: 'attended' }],
  };
  const stored = () => db.selectFrom('closeOut').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
  const submit = (over: Partial<CloseOutInput>) => submitCloseOut(db, context, actor, { ...form, ...over });
  const refused = async (over: Partial<CloseOutInput>) => {
    const error = await submit(over).catch((reason: unknown) => reason);
    if (!isDomainError(error, 'conflict')) throw error;
    return statusOf(error);
  };
  return { sessionId, student, stored, submit, refused };
}

it('the same close-out sent twice is saved once', async () => {
  const { stored, submit } = await taught();
  await submit({ version: 0 });
  const first = await stored();
  await submit({ version: 0 });
  expect(await stored()).toEqual(first);
});

it('the second of two tabs is told, and saves over it only when asked again', async () => {
  const { stored, submit, refused } = await taught();
  await submit({ version: 0, notes: 'From the first tab' });
  expect(await refused({ version: 0, notes: 'From the second' })).toBe(409);
  expect((await stored()).notes).toBe('From the first tab');
  await submit({ version: 1, notes: 'From the second' });
  expect((await stored()).notes).toBe('From the second');
});

it('a tab from before the approval does not take it back unseen', async () => {
  const { sessionId, stored, submit, refused } = await taught();
  await submit({ version: 0 });
  await approveCloseOuts(db, context, actor, { sessionIds: [sessionId] });
  expect(await refused({ version: 1, notes: 'Later words' })).toBe(409);
  expect((await stored()).status).toBe('approved');
});

it('the line says what took place, also where a no-show costs as much as coming', async () => {
  const { sessionId, student, submit } = await taught();
  const line = () =>
    db
      .selectFrom('charge')
      .innerJoin('attendance', 'attendance.id', 'charge.attendanceId')
      .select(['charge.description', 'charge.net', 'charge.reason'])
      .where('attendance.sessionId', '=', sessionId)
      .executeTakeFirstOrThrow();
  await submit({});
  expect((await line()).description).not.toContain('no-show');
  await submit({ attendance: [{ studentId: student.id, outcome: 'no_show' }] });
  const after = await line();
  expect(after).toMatchObject({ net: 6000n, reason: { outcome: 'no_show' } });
  expect(after.description).toContain('no-show');
});
