import { beforeEach, describe, expect, it } from 'vitest';
import { chaseCloseOuts } from '#app/domain/closeout/chase-close-outs.server.ts';
import { remindTutor } from '#app/domain/closeout/remind-tutor.server.ts';
import { saveCloseOutRules } from '#app/domain/closeout/save-close-out-rules.server.ts';
import { sendBackCloseOut } from '#app/domain/closeout/send-back-close-out.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { renderMail } from '#emails/render.ts';
import { anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-01T08:00:00Z' });
await anOrganisation(db, { email: 'office@example.test' });
const maths = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db, { name: 'One-to-one' });
const auto = await aProgram(db, { name: 'Drop-in', policyOverrides: JSON.stringify({ completion: 'auto' }) });
const student = await aStudent(db, { firstName: 'Anna', lastName: 'Parent' });
const system = { userId: null, kind: 'system' } as const;

// Each test has a tutor and a week of its own.
let week = 0;
let tutor: Awaited<ReturnType<typeof aTutor>>;
beforeEach(async () => {
  await db.updateTable('session').set({ status: 'cancelled' }).where('status', '=', 'scheduled').execute();
  week += 1;
  tutor = await aTutor(db, { email: `tutor${week}@example.test`, timezone: 'UTC', locale: 'en', subjectIds: [maths.id] });
});

/** `day` 1 is the week's Monday. */
const at = (day: number, time: string) =>
  new Date(Date.UTC(2026, 2, 2 + (week - 1) * 7 + day - 1) + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3))) * 60_000);

async function book(day: number, time: string, over: { programId?: string } = {}) {
  ctx.setNow('2026-03-01T08:00:00Z');
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: tutor.id,
    studentIds: [student.id],
    programId: over.programId ?? program.id,
    subjectId: maths.id,
    wallStart: at(day, time).toISOString().slice(0, 16),
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  return sessionId;
}

const submit = (sessionId: string, day: number, time: string) =>
  submitCloseOut(
    db,
    ctx,
    system,
    {
      sessionId,
      actualWallStart: at(day, time).toISOString().slice(0, 16),
      actualMinutes: 60,
      notes: '',
      privateNote: '',
      homework: '',
      nextTopics: '',
      attendance: [{ studentId: student.id, outcome: 'attended' }],
    },
    { office: true },
  );

async function chaseAt(day: number, time: string) {
  ctx.setNow(at(day, time));
  return chaseCloseOuts(db, ctx);
}

async function mailsTo(address: string) {
  const rows = await db.selectFrom('mailMessage').selectAll().where('template', '=', 'close-outs-overdue').execute();
  return rows.filter((row) => row.toAddress === address);
}
const mine = async () => (await mailsTo(tutor.email ?? '')).length;

describe('chasing missing close-outs', () => {
  it('the tutor after two hours, after a day, then daily, each step once however often the job runs; closing out ends it', async () => {
    const session = await book(1, '13:00');
    const told: number[] = [];
    for (const [day, time] of [
      [1, '15:50'],
      [1, '16:00'],
      [1, '16:10'],
      [2, '13:50'],
      [2, '14:00'],
      [2, '14:10'],
      [3, '14:00'],
    ] as const) {
      await chaseAt(day, time);
      told.push(await mine());
    }
    expect(told).toEqual([0, 1, 1, 1, 2, 2, 3]);
    ctx.setNow(at(3, '15:00'));
    await submit(session, 1, '13:00');
    await chaseAt(4, '14:00');
    expect(await mine()).toBe(3);
    const steps = await db
      .selectFrom('closeOutChase')
      .select('step')
      .where('sessionId', '=', session)
      .orderBy('sentAt')
      .execute();
    expect(steps.map(({ step }) => step).filter((step) => step !== 'office')).toEqual(['tutor:120', 'tutor:1440', 'tutor:day:1']);
  });

  it('one mail names all that is overdue, and says that none of it is in the pay yet', async () => {
    await book(1, '09:00');
    await book(1, '10:00');
    await book(1, '12:30');
    expect(await chaseAt(1, '13:00')).toMatchObject({ tutors: 1 });
    const [mail] = await mailsTo(tutor.email ?? '');
    const { text, subject } = renderMail('close-outs-overdue', mail?.data);
    expect(subject).toBe('2 lessons to close out');
    expect(text).toContain('not in your pay');
    expect(text).toContain('Maths with Anna Parent');
    // The third is due at 15:30, and waits until three hours after the last mail.
    await chaseAt(1, '15:40');
    expect(await mine()).toBe(1);
    await chaseAt(1, '16:10');
    expect(await mine()).toBe(2);
    // The next day's first mail stands for all three.
    for (const time of ['10:00', '11:00', '13:10', '13:40', '17:00']) await chaseAt(2, time);
    expect(await mine()).toBe(3);
  });

  it('nobody in their quiet hours: what becomes due in the night goes out in the morning', async () => {
    await book(1, '19:00');
    await chaseAt(1, '22:10');
    await chaseAt(2, '03:00');
    expect(await mine()).toBe(0);
    await chaseAt(2, '07:00');
    expect(await mine()).toBe(1);
  });

  it('the office after the hours that the rules say, once', async () => {
    const before = (await mailsTo('office@example.test')).length;
    await book(1, '10:00');
    for (const [day, time] of [
      [3, '10:50'],
      [3, '11:00'],
      [3, '11:10'],
      [4, '12:00'],
    ] as const)
      await chaseAt(day, time);
    const mails = await mailsTo('office@example.test');
    expect(mails.length - before).toBe(1);
    expect(renderMail('close-outs-overdue', mails.at(-1)?.data).subject).toBe('One lesson nobody has closed out');
  });

  it('one that was sent back waits from then on', async () => {
    const session = await book(1, '09:00');
    ctx.setNow(at(1, '10:30'));
    await submit(session, 1, '09:00');
    ctx.setNow(at(5, '09:00'));
    await sendBackCloseOut(db, ctx, system, { sessionId: session, reason: 'Which pages?' });
    await chaseAt(5, '10:50');
    expect(await mine()).toBe(0);
    await chaseAt(5, '11:00');
    expect(renderMail('close-outs-overdue', (await mailsTo(tutor.email ?? ''))[0]?.data).text).toContain(
      'Sent back: Which pages?',
    );
  });

  it('not of a session that completes itself, nor of anything where nobody is to be chased', async () => {
    await book(1, '09:00', { programId: auto.id });
    await chaseAt(1, '12:30');
    expect(await mine()).toBe(0);
    await book(1, '11:00');
    await saveCloseOutRules(db, system, { chase: false });
    expect(await chaseAt(1, '15:00')).toEqual({ tutors: 0, office: 0 });
    await saveCloseOutRules(db, system, { chase: true });
    expect(await chaseAt(1, '15:00')).toMatchObject({ tutors: 1 });
  });
});

describe('reminding a tutor at the office’s word', () => {
  it('tells them at once of all that is over, and a second click is the same reminder', async () => {
    await book(1, '09:00');
    await book(1, '10:00');
    ctx.setNow(at(1, '11:05'));
    await remindTutor(db, ctx, system, { tutorId: tutor.id });
    await remindTutor(db, ctx, system, { tutorId: tutor.id });
    expect((await mailsTo(tutor.email ?? '')).map((mail) => renderMail('close-outs-overdue', mail.data).subject)).toEqual([
      '2 lessons to close out',
    ]);
    // What they were just told of the job doesn't tell again.
    await chaseAt(1, '12:30');
    expect(await mine()).toBe(1);
  });

  it('one without a mail address is to be rung', async () => {
    await db.updateTable('tutor').set({ email: null }).where('id', '=', tutor.id).execute();
    await book(1, '09:00');
    ctx.setNow(at(1, '11:05'));
    await expect(remindTutor(db, ctx, system, { tutorId: tutor.id })).rejects.toMatchObject({ code: 'invalid_value' });
  });
});
