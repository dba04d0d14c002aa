import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { remindSessions } from '#app/domain/messages/remind-sessions.server.ts';
import { saveMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { renderMail } from '#emails/render.ts';
import { aClient, anOrganisation, aProgram, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { type TestContext, testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const system = { userId: null, kind: 'system' } as const;
let subjectId: string;
let programId: string;
let made = 0;

beforeAll(async () => {
  await anOrganisation(db, { name: 'Harbour Tutoring', timezone: 'Europe/Dublin' });
  subjectId = (await aSubject(db, { name: 'Algebra' })).id;
  programId = (await aProgram(db, { capacity: 4 })).id;
});

// Of each test only its own sessions are ahead.
beforeEach(async () => {
  await db.updateTable('session').set({ status: 'cancelled' }).where('status', '=', 'scheduled').execute();
  await db.deleteFrom('mailPreference').execute();
  await saveMessageRules(db, system, { remind_family: [1440], remind_student: [1440], remind_tutor: [], families_choose: true });
});

/** A context whose last run of reminders was at its time. */
async function at(now: string): Promise<TestContext> {
  const ctx = testContext(db, { now });
  await sql`UPDATE reminder_run SET done_to = ${now}`.execute(db);
  await db.deleteFrom('mailMessage').execute();
  return ctx;
}

async function aFamily(over: { timezone?: string; child?: string } = {}) {
  const n = made++;
  const client = await aClient(db, {
    name: `Mary ${n}`,
    email: `mary-${n}@example.test`,
    timezone: over.timezone ?? 'Europe/Dublin',
  });
  const student = await aStudent(db, { clientId: client.id, firstName: over.child ?? 'Ada', lastName: `Byron${n}` });
  return { address: client.email ?? '', client, student };
}
type Family = Awaited<ReturnType<typeof aFamily>>;

async function aSession(ctx: TestContext, wallStart: string, families: Family[]) {
  const tutor = await aTutor(db, { email: `tutor-${made++}@example.test`, subjectIds: [subjectId] });
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: tutor.id,
    programId,
    subjectId,
    studentIds: families.map((family) => family.student.id),
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    billable: false,
  });
  return { id: sessionId, tutor, address: tutor.email ?? '' };
}

async function run(ctx: TestContext, now: string): Promise<number> {
  ctx.setNow(now);
  return remindSessions(db, ctx);
}

const reminders = async () =>
  (await db.selectFrom('mailMessage').selectAll().where('template', '=', 'session-reminder').orderBy('toAddress').execute()).map(
    (mail) => ({ ...mail, text: renderMail(mail.template, mail.data).text }),
  );

it('a day before, who learns is reminded once; who booked inside that day was told just then', async () => {
  const ctx = await at('2026-03-02T09:00:00Z');
  const family = await aFamily();
  await aSession(ctx, '2026-03-05T16:00', [family]);
  expect(await run(ctx, '2026-03-04T15:59:00Z')).toBe(0);
  expect(await run(ctx, '2026-03-04T16:00:00Z')).toBe(1);
  expect(await run(ctx, '2026-03-04T16:01:00Z')).toBe(0);
  expect(await reminders()).toMatchObject([{ toAddress: family.address, notBefore: null }]);
  expect((await reminders())[0]?.text).toContain('soon');

  await aSession(ctx, '2026-03-05T12:00', [await aFamily()]);
  expect(await run(ctx, '2026-03-04T16:05:00Z')).toBe(0);
});

it('a run that is done again tells nobody twice, and one that was missed is caught up with the nearest time alone', async () => {
  await saveMessageRules(db, system, { remind_family: [1440, 120] });
  const ctx = await at('2026-03-02T09:00:00Z');
  await aSession(ctx, '2026-03-05T16:00', [await aFamily()]);
  expect(await run(ctx, '2026-03-05T15:00:00Z')).toBe(1);
  expect((await reminders())[0]?.data).toMatchObject({ minutes: 120 });
  await sql`UPDATE reminder_run SET done_to = '2026-03-02T09:00:00Z'`.execute(db);
  expect(await run(ctx, '2026-03-05T15:00:30Z')).toBe(0);
});

it('one who chose other times gets it then, one who declined gets none', async () => {
  const ctx = await at('2026-03-02T09:00:00Z');
  const [own, none] = [await aFamily(), await aFamily()];
  await db
    .insertInto('mailPreference')
    .values([
      { address: own.address, kind: 'reminders', wanted: true, minutesBefore: [180] },
      { address: none.address, kind: 'reminders', wanted: false },
    ])
    .execute();
  await aSession(ctx, '2026-03-05T16:00', [own, none]);
  expect(await run(ctx, '2026-03-04T16:00:00Z')).toBe(0);
  expect(await run(ctx, '2026-03-05T13:00:00Z')).toBe(1);
  expect((await reminders()).map((mail) => mail.toAddress)).toEqual([own.address]);
});

it('a session at dawn is reminded of in the evening before, in each reader’s own evening, and not again', async () => {
  await saveMessageRules(db, system, { remind_family: [60] });
  const ctx = await at('2026-03-02T09:00:00Z');
  const [dublin, tokyo] = [await aFamily(), await aFamily({ timezone: 'Asia/Tokyo' })];
  await aSession(ctx, '2026-03-05T06:30', [dublin, tokyo]);
  expect(await run(ctx, '2026-03-04T20:59:00Z')).toBe(0);
  expect(await run(ctx, '2026-03-04T21:00:00Z')).toBe(1);
  expect((await reminders()).map((mail) => mail.toAddress)).toEqual([dublin.address]);
  // In Tokyo it is the afternoon.
  expect(await run(ctx, '2026-03-05T05:30:00Z')).toBe(1);
  expect((await reminders()).map((mail) => mail.notBefore)).toEqual([null, null]);
});

it('one due at night waits for the morning; if the session moves meanwhile it is withheld, and the new time has its own', async () => {
  const ctx = await at('2026-03-02T09:00:00Z');
  const family = await aFamily();
  const session = await aSession(ctx, '2026-03-05T22:00', [family]);
  expect(await run(ctx, '2026-03-04T22:00:00Z')).toBe(1);
  const [held] = await reminders();
  expect(held?.notBefore).toEqual(new Date('2026-03-05T07:00:00Z'));

  const { version } = await db.selectFrom('session').select('version').where('id', '=', session.id).executeTakeFirstOrThrow();
  await rescheduleSession(db, ctx, system, {
    sessionId: session.id,
    version,
    wallStart: '2026-03-07T16:00',
    durationMinutes: 60,
  });
  ctx.setNow('2026-03-05T07:00:00Z');
  await sendMail(ctx, { mailIds: [held?.id ?? ''] });
  expect(await reminders()).toMatchObject([{ status: 'withheld', error: expect.stringContaining('moved or cancelled') }]);
  expect(await run(ctx, '2026-03-06T16:00:00Z')).toBe(1);
});

it('one that waited says what holds when it goes: another place, and no word to who gave theirs up', async () => {
  const ctx = await at('2026-03-02T09:00:00Z');
  const [stays, leaves] = [await aFamily(), await aFamily()];
  const session = await aSession(ctx, '2026-03-05T22:00', [stays, leaves]);
  expect(await run(ctx, '2026-03-04T22:00:00Z')).toBe(2);
  await db.updateTable('session').set({ location: 'Room 12' }).where('id', '=', session.id).execute();
  await db
    .updateTable('attendance')
    .set({ outcome: 'cancelled' })
    .where('sessionId', '=', session.id)
    .where('studentId', '=', leaves.student.id)
    .execute();
  ctx.setNow('2026-03-05T07:00:00Z');
  await sendMail(ctx, { mailIds: (await reminders()).map((mail) => mail.id) });
  const after = Object.fromEntries((await reminders()).map((mail) => [mail.toAddress, mail]));
  expect(after[stays.address]?.status).toBe('captured');
  expect(after[stays.address]?.text).toContain('Room 12');
  expect(after[leaves.address]?.status).toBe('withheld');
});

it('what to prepare: the tutor reads of all students and what was asked, a family of its own alone', async () => {
  await saveMessageRules(db, system, { remind_tutor: [1440] });
  const ctx = await at('2026-03-01T09:00:00Z');
  const [ada, ben] = [await aFamily({ child: 'Ada' }), await aFamily({ child: 'Ben' })];
  const before = await aSession(ctx, '2026-03-02T16:00', [ada, ben]);
  await db
    .insertInto('closeOut')
    .values({
      sessionId: before.id,
      actualStartsAt: new Date('2026-03-02T16:00:00Z'),
      actualMinutes: 60,
      submittedAt: new Date('2026-03-02T17:00:00Z'),
      homework: '',
      homeworkDueOn: '2026-03-05',
      nextTopics: 'Quadratic equations',
      privateNote: 'PRIVATE-CANARY',
      status: 'submitted',
    })
    .execute();
  await db.updateTable('session').set({ status: 'closed_out' }).where('id', '=', before.id).execute();
  for (const [family, homework] of [
    [ada, 'Page 40 for Ada'],
    [ben, 'Page 50 for Ben'],
  ] as const)
    await db
      .updateTable('attendance')
      .set({ homework })
      .where('sessionId', '=', before.id)
      .where('studentId', '=', family.student.id)
      .execute();
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: before.tutor.id,
    programId,
    subjectId,
    studentIds: [ada.student.id, ben.student.id],
    wallStart: '2026-03-05T16:00',
    durationMinutes: 60,
    mode: 'in_person',
    billable: false,
  });
  await db.insertInto('sessionQuestion').values({ sessionId, body: 'Why is it called a root?', askedBy: null }).execute();
  expect(await run(ctx, '2026-03-04T16:00:00Z')).toBe(3);
  const texts = Object.fromEntries((await reminders()).map((mail) => [mail.toAddress, mail.text]));
  const [tutor = '', family = ''] = [texts[before.address], texts[ada.address]];
  expect(tutor).toContain('Why is it called a root?');
  expect(tutor).toContain('Page 50 for Ben');
  expect(family).toMatch(/Homework: Page 40 for Ada \(due 5 March 2026\)/);
  expect(family).toContain('Quadratic equations');
  expect(family).not.toContain('Ben');
  expect(family).not.toContain('called a root');
  expect(Object.values(texts).join()).not.toContain('PRIVATE-CANARY');
});
