import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { addGoal } from '#app/domain/goals/add-goal.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { action as officeAct, loader as officePage } from '#app/routes/office.sessions.$id.close-out/route.tsx';
import { action as draft } from '#app/routes/sessions.$id.close-out-draft/route.ts';
import { loader as closeOuts } from '#app/routes/tutor.closeouts/route.tsx';
import { action as act, loader as page } from '#app/routes/tutor.sessions.$id.close-out/route.tsx';
import { action as send } from '#app/routes/tutor.sessions.$id.close-out_.send/route.ts';
import { action as actOnGoals, loader as goalsPage } from '#app/routes/tutor.students.$id_.goals/route.tsx';
import { anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { visit } from '#tests/integration/users/browser.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-10T08:00:00Z' });
const organisation = await anOrganisation(db, {
  policies: JSON.stringify({
    no_show: { wait_percent: '33', client_charge_percent: '50', tutor_pay_percent: '25', pay_base: 'tutor_pay' },
  }),
});
const system: Actor = { userId: null, kind: 'system' };
const [tutorUser, otherUser, scheduler, admin] = await Promise.all([
  aUser(db, { roles: ['tutor'], name: 'Tess Marsh' }),
  aUser(db, { roles: ['tutor'] }),
  aUser(db, { roles: ['scheduler'] }),
  aUser(db, { roles: ['admin'] }),
]);
const subject = await aSubject(db, { name: 'Maths' });
const program = await aProgram(db);
const tutor = await aTutor(db, { userId: tutorUser.id, firstName: 'Tess', lastName: 'Marsh', subjectIds: [subject.id] });
await aTutor(db, { userId: otherUser.id });
const student = await aStudent(db, { firstName: 'Mia', lastName: 'Vale' });
await aRate(db, { side: 'charge', amountPerHour: 8642n });
await aRate(db, { side: 'pay', amountPerHour: 4000n });

let day = 10;
async function aLesson() {
  const date = `2026-03-${day++}`;
  ctx.setNow(`${date}T08:00:00Z`);
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: tutor.id,
    studentIds: [student.id],
    programId: program.id,
    subjectId: subject.id,
    wallStart: `${date}T16:00`,
    durationMinutes: 60,
    mode: 'online',
    meetingInstallId: organisation.installs['meeting-jitsi'],
    billable: true,
  });
  ctx.setNow(`${date}T17:30:00Z`);
  const place = await db
    .selectFrom('attendance')
    .select(['id', 'studentId'])
    .where('sessionId', '=', sessionId)
    .executeTakeFirstOrThrow();
  return { sessionId, date, place };
}

async function as(user: { id: string }, handler: unknown, id: string, form?: Record<string, string>, path = '/') {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  return visit(ctx, handler, { path, cookie: `lectern=${token}`, params: { id }, ...(form ? { form } : {}) });
}

interface Page {
  values: { actualWallStart: string; actualMinutes: string; notes: string; students: { outcome: string; goals: unknown[] }[] };
  form: { proposal: { seen: string[]; offer: string }; absent: Record<string, { means: string[] }>; submissionKey: string };
  draft: unknown;
}
const pageOf = async (user: { id: string }, loader: unknown, id: string, path?: string) =>
  (await as(user, loader, id, undefined, path)).body as Page;

describe('the form', () => {
  it('says what a no-show means: to the tutor their own pay, to a scheduler what the family owes, to an admin both', async () => {
    const { sessionId } = await aLesson();
    const meansFor = async (user: { id: string }, loader: unknown) =>
      (await pageOf(user, loader, sessionId)).form.absent[student.id]?.means.join(' ') ?? '';
    const [toTutor, toScheduler, toAdmin] = [
      await meansFor(tutorUser, page),
      await meansFor(scheduler, officePage),
      await meansFor(admin, officePage),
    ];
    expect(toTutor).toMatch(/10\.00.*25 %/);
    expect(toTutor).not.toContain('43.21');
    expect(toScheduler).toMatch(/50 %.*43\.21/);
    expect(toScheduler).not.toContain('10.00');
    expect(toAdmin).toContain('43.21');
    expect(toAdmin).toContain('10.00');
  });

  it('offers what the room saw, and is filled with it by the link alone, without a script', async () => {
    const { sessionId, date, place } = await aLesson();
    const stay = (who: object, from: string, to: string) => ({
      ...who,
      ...{ sessionId, installId: organisation.installs['meeting-jitsi'] ?? '', source: 'report', name: 'Somebody' },
      ...{ joinedAt: new Date(`${date}T${from}:00Z`), leftAt: new Date(`${date}T${to}:00Z`) },
    });
    await db
      .insertInto('meetingPresence')
      .values([
        { ...stay({ userId: tutorUser.id }, '15:58', '17:00'), personKey: 'tutor' },
        { ...stay({ attendanceId: place.id }, '16:12', '16:50'), personKey: 'student' },
      ])
      .execute();
    const seen = await pageOf(tutorUser, page, sessionId);
    expect(seen.form.proposal.offer).toMatch(/^Fill in 16:12, 38\smin$/);
    expect(seen.values).toMatchObject({ actualWallStart: `${date}T16:00`, actualMinutes: '60' });
    const filled = await pageOf(tutorUser, page, sessionId, '/?proposed');
    expect(filled.values).toMatchObject({ actualWallStart: `${date}T16:12`, actualMinutes: '38' });
  });

  it('is filled from the writer’s own draft, which is nobody else’s and gone with the close-out', async () => {
    const { sessionId } = await aLesson();
    const key = randomUUID();
    const fields = (notes: string) => ({ fields: JSON.stringify({ notes: [notes], submissionKey: [key] }) });
    expect((await as(tutorUser, draft, sessionId, fields('Half a sen'))).status).toBe(200);
    expect((await as(otherUser, draft, sessionId, fields('Not theirs'))).status).toBe(404);
    expect((await as(tutorUser, draft, sessionId, { fields: '{"notes":5}' })).status).toBe(400);
    expect(await pageOf(tutorUser, page, sessionId)).toMatchObject({
      values: { notes: 'Half a sen' },
      form: { submissionKey: key },
    });
    expect(await pageOf(scheduler, officePage, sessionId)).toMatchObject({ values: { notes: '' }, draft: null });
    await as(tutorUser, act, sessionId, { intent: 'as-planned', version: '0', submissionKey: key, notes: 'A whole sentence' });
    // One that was on its way when the form was taken is none.
    await as(tutorUser, draft, sessionId, fields('A whole sen'));
    expect(await pageOf(tutorUser, page, sessionId)).toMatchObject({ draft: null, values: { notes: 'A whole sentence' } });
  });

  it('keeps what was typed without the characters that can’t be kept', async () => {
    const { sessionId } = await aLesson();
    const sent = await as(tutorUser, draft, sessionId, { fields: '{"notes":["Half \\ud83d of\\u0000 one"]}' });
    expect(sent.status).toBe(200);
    expect(await pageOf(tutorUser, page, sessionId)).toMatchObject({ values: { notes: 'Half \ufffd of one' } });
  });

  it('can be thrown away and begun afresh', async () => {
    const { sessionId } = await aLesson();
    await as(tutorUser, draft, sessionId, { fields: JSON.stringify({ notes: ['Nonsense'] }) });
    expect((await as(tutorUser, act, sessionId, { intent: 'forget-draft' })).status).toBe(302);
    expect(await pageOf(tutorUser, page, sessionId)).toMatchObject({ draft: null, values: { notes: '' } });
  });
});

it('while a lesson is under way a no-show can be marked from the policy’s moment on, and the list says so', async () => {
  const { sessionId, date } = await aLesson();
  const underWay = async () =>
    ((await as(tutorUser, closeOuts, sessionId)).body as { underWay: { id: string }[] }).underWay.map((one) => one.id);
  ctx.setNow(`${date}T16:19:59Z`);
  expect(await underWay()).toEqual([]);
  const early = await as(tutorUser, send, sessionId, { version: '0', [`outcome.${student.id}`]: 'no_show' });
  expect(JSON.parse(String(early.body)).problem.code).toBe('no_show_too_early');
  ctx.setNow(`${date}T16:20:00Z`);
  expect(await underWay()).toEqual([sessionId]);
  expect((await as(tutorUser, send, sessionId, { version: '0', [`outcome.${student.id}`]: 'no_show' })).status).toBe(200);
  expect(await underWay()).toEqual([]);
});

describe('sent by the page’s script', () => {
  it('a form is taken once however often it comes, and a refusal says why at the field', async () => {
    const { sessionId } = await aLesson();
    const form = { intent: 'close-out', version: '0', submissionKey: randomUUID(), actualMinutes: '45', notes: 'Sums' };
    const refused = await as(tutorUser, send, sessionId, { ...form, actualMinutes: 'many' });
    expect(refused.status).toBe(400);
    expect(String(refused.body)).toContain('Enter whole minutes');
    const answers = await Promise.all([1, 2, 3].map(() => as(tutorUser, send, sessionId, form)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    const stored = await db.selectFrom('closeOut').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
    expect(stored).toMatchObject({ version: 1, actualMinutes: 45, notes: 'Sums' });
    expect((await as(otherUser, send, sessionId, form)).status).toBe(404);
  });

  it('what the office alone may say is said with a reason', async () => {
    const { sessionId } = await aLesson();
    const form = { intent: 'close-out', version: '0', [`outcome.${student.id}`]: 'technical_failure' };
    const bare = await as(scheduler, officeAct, sessionId, form);
    expect(bare).toMatchObject({
      status: 400,
      body: { problem: { errors: { 'attendance[0].absenceNote': expect.any(String) } } },
    });
    const said = await as(scheduler, officeAct, sessionId, { ...form, [`absenceNote.${student.id}`]: 'No power' });
    expect(said.status).toBe(302);
  });
});

describe('goals on a page', () => {
  it('are their teacher’s to write, stand in the close-out, and stay hidden from other tutors', async () => {
    const { sessionId } = await aLesson();
    expect((await as(otherUser, goalsPage, student.id)).status).toBe(404);
    expect((await as(otherUser, actOnGoals, student.id, { intent: 'add', title: 'Theirs' })).status).toBe(404);
    expect((await as(tutorUser, actOnGoals, student.id, { intent: 'add', title: '' })).status).toBe(400);
    expect((await as(tutorUser, actOnGoals, student.id, { intent: 'add', title: 'Fractions', shared: 'on' })).status).toBe(302);
    await addGoal(db, system, {
      ...{ studentId: student.id, title: 'Decimals', description: '', subjectId: null, dueOn: null, shared: false },
    });
    expect((await pageOf(tutorUser, page, sessionId)).values.students[0]?.goals).toHaveLength(2);
  });
});
