import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { submitCloseOut } from '#app/domain/closeout/submit-close-out.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { loader as familyHome } from '#app/routes/family._index/route.tsx';
import { loader as familySessions } from '#app/routes/family.sessions._index/route.tsx';
import { action as askTutor, loader as familySession } from '#app/routes/family.sessions.$id/route.tsx';
import { loader as today } from '#app/routes/office._index/route.tsx';
import { loader as closeOuts, action as closeOutsAction } from '#app/routes/office.closeouts/route.tsx';
import { loader as sessionList } from '#app/routes/office.sessions._index/route.tsx';
import { loader as officeSession, action as sessionAction } from '#app/routes/office.sessions.$id._index/route.tsx';
import { action as cancelAction, loader as cancelPage } from '#app/routes/office.sessions.$id.cancel/route.tsx';
import { action as moveAction } from '#app/routes/office.sessions.$id.reschedule/route.tsx';
import { action as dryRun } from '#app/routes/office.sessions.check/route.ts';
import type { BookingCheckView } from '#app/routes/office.sessions.new/booking-check-view.ts';
import { action as book } from '#app/routes/office.sessions.new/route.tsx';
import { loader as tutorToday } from '#app/routes/tutor._index/route.tsx';
import { loader as tutorSession } from '#app/routes/tutor.sessions.$id._index/route.tsx';
import { action as closeOutAction } from '#app/routes/tutor.sessions.$id.close-out/route.tsx';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const organisation = await anOrganisation(db);
await db
  .updateTable('organisation')
  .set({
    policies: JSON.stringify({
      completion: 'approval',
      no_show: { wait_percent: '33', client_charge_percent: '50', tutor_pay_percent: '50', pay_base: 'tutor_pay' },
    }),
  })
  .execute();

const [admin, scheduler, tutorUser, parentUser, otherUser] = await Promise.all([
  aUser(db, { name: 'Ana Admin', roles: ['admin'] }),
  aUser(db, { name: 'Mia Fox', roles: ['scheduler'] }),
  aUser(db, { name: 'Tess Marsh', roles: ['tutor'] }),
  aUser(db, { name: 'Paul Parent', roles: ['client'] }),
  aUser(db, { name: 'Olga Other', roles: ['client'] }),
]);
const maths = await aSubject(db, { name: 'Maths' });
const group = await aProgram(db, { name: 'Group', kind: 'group', capacity: 4 });
const tutor = await aTutor(db, { userId: tutorUser.id, firstName: 'Tess', lastName: 'Marsh', subjectIds: [maths.id] });
const secondTutor = await aTutor(db, { firstName: 'Sid', lastName: 'Reed', subjectIds: [maths.id] });
const parent = await aClient(db, { userId: parentUser.id, name: 'Paul Parent' });
const other = await aClient(db, { userId: otherUser.id, name: 'Olga Other' });
const mine = await aStudent(db, { clientId: parent.id, firstName: 'Mine', lastName: 'Parent' });
const theirs = await aStudent(db, { clientId: other.id, firstName: 'Theirs', lastName: 'Other' });
await aRate(db, { side: 'charge', amountPerHour: 4321n });
await aRate(db, { side: 'pay', amountPerHour: 2765n });

const system = { userId: null, kind: 'system' } as const;
let hour = 8;

/** A group lesson of both families; each at an hour of its own on a day in March. */
async function aSession(over: { wallStart?: string; studentIds?: string[]; tutorId?: string } = {}) {
  hour += 1;
  const wallStart =
    over.wallStart ?? `2026-03-${String(3 + Math.floor(hour / 24)).padStart(2, '0')}T${String(hour % 24).padStart(2, '0')}:00`;
  const { sessionId } = await bookSession(db, ctx, system, {
    tutorId: over.tutorId ?? tutor.id,
    studentIds: over.studentIds ?? [mine.id, theirs.id],
    programId: group.id,
    subjectId: maths.id,
    wallStart,
    durationMinutes: 60,
    mode: 'in_person',
    location: 'Room 4',
    billable: true,
  });
  return { id: sessionId, wallStart };
}

type Form = [string, string][] | Record<string, string>;

async function argsOf(user: { id: string }, path: string, form?: Form) {
  const token = await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const id = path.split(/[/?]/).find((part) => part.length === 36);
  return { request, context, params: { id } } as never;
}

/** What a page is given, without its ids: their digits may read like an amount. */
const textOf = (value: unknown) =>
  JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner)).replaceAll(
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
    'id',
  );

interface Answer {
  data: {
    problem: { errors: Record<string, string>; message: string; clashes: { href: string; text: string }[] };
    values: Record<string, unknown>;
  };
  init: { status: number };
}

const bookingForm = (over: Record<string, string> = {}): Record<string, string> => ({
  id: randomUUID(),
  programId: group.id,
  subjectId: maths.id,
  tutorId: tutor.id,
  studentIds: mine.id,
  date: '2026-03-20',
  time: '10:00',
  durationMinutes: '60',
  mode: 'in_person',
  location: 'Room 4',
  billable: 'on',
  ...over,
});

const booking = async (over: Record<string, string>, user = scheduler) =>
  book(await argsOf(user, '/office/sessions/new', bookingForm(over)));

describe('booking on the page', () => {
  it('a double click books one session', async () => {
    const form = bookingForm({ date: '2026-03-21' });
    const send = async () => book(await argsOf(scheduler, '/office/sessions/new', form));
    const answers = (await Promise.all([send(), send()])) as Response[];
    expect(answers.map((answer) => answer.headers.get('location'))).toEqual([
      `/office/sessions/${form.id}`,
      `/office/sessions/${form.id}`,
    ]);
    const { count } = await db
      .selectFrom('session')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .where('localDate', '=', '2026-03-21')
      .executeTakeFirstOrThrow();
    expect(count).toBe(1n);
  });

  it('a tutor who is taken: 409, what it clashes with as a link, and all that was typed', async () => {
    const first = (await booking({ time: '12:00' })) as Response;
    const refused = (await booking({ time: '12:30', studentIds: theirs.id, title: 'Kept' })) as unknown as Answer;
    expect(refused.init.status).toBe(409);
    expect(refused.data.problem.errors.tutorId).toMatch(/already taken/);
    expect(refused.data.problem.clashes.map((clash) => clash.href)).toEqual([first.headers.get('location')]);
    expect(refused.data.problem.clashes[0]?.text).toContain('Mine Parent with Tess Marsh');
    expect(refused.data.values).toMatchObject({ time: '12:30', title: 'Kept', studentIds: [theirs.id] });
  });

  it('the office may overrule a student’s clash, and never a tutor’s', async () => {
    await booking({ time: '15:00' });
    const student = (await booking({ time: '15:00', tutorId: secondTutor.id })) as unknown as Answer;
    expect(student.init.status).toBe(409);
    expect(Object.keys(student.data.problem.errors)).toEqual(['studentIds']);
    const overruled = (await booking({ time: '15:00', tutorId: secondTutor.id, overrule: 'on' })) as Response;
    expect(overruled.status).toBe(302);
    const sameTutor = (await booking({ time: '15:15', studentIds: theirs.id, overrule: 'on' })) as unknown as Answer;
    expect(sameTutor.init.status).toBe(409);
  });

  it('every wrong field is named at once, off the grid and clock changes too', async () => {
    const missing = (await booking({ tutorId: '', subjectId: '', location: '', chargeRate: '' })) as unknown as Answer;
    expect(missing.init.status).toBe(400);
    expect(Object.keys(missing.data.problem.errors).sort()).toEqual(['location', 'subjectId', 'tutorId']);
    const offGrid = (await booking({ time: '10:07' })) as unknown as Answer;
    expect(offGrid.data.problem.errors.time).toMatch(/every 15 minutes/);
    const skipped = (await booking({ date: '2026-03-29', time: '01:15' })) as unknown as Answer;
    expect(skipped.data.problem.errors.time).toMatch(/does not exist/);
  });

  it('the dry run says price and clashes before anything is saved, and pay to those alone who may see it', async () => {
    const before = await db.selectFrom('session').select('id').execute();
    const check = async (user: { id: string }) => {
      const answer = await dryRun(await argsOf(user, '/office/sessions/check', bookingForm({ date: '2026-03-22' })));
      const { check: view }: { check: BookingCheckView | null } = await answer.json();
      return view;
    };
    const [forScheduler, forAdmin] = [await check(scheduler), await check(admin)];
    expect(forScheduler?.places[0]?.price).toContain('43.21');
    expect(forScheduler).toMatchObject({ blocked: false, pay: null });
    expect(textOf(forScheduler)).not.toContain('27.65');
    expect(forAdmin?.pay).toContain('27.65');
    expect(await db.selectFrom('session').select('id').execute()).toHaveLength(before.length);
  });
});

describe('a session that took place', async () => {
  ctx.setNow('2026-03-02T09:00:00Z');
  const { id } = await aSession({ wallStart: '2026-03-01T10:00' });
  const rows = [
    { studentId: mine.id, outcome: 'attended' as const, note: 'CANARY about mine' },
    { studentId: theirs.id, outcome: 'no_show' as const, note: 'CANARY about theirs' },
  ];
  await submitCloseOut(
    db,
    ctx,
    { userId: tutorUser.id, kind: 'user' },
    {
      sessionId: id,
      actualWallStart: '2026-03-01T10:05',
      actualMinutes: 55,
      notes: 'For all to read',
      privateNote: 'CANARY for the office',
      homework: 'Page 9',
      nextTopics: 'Roots',
      attendance: rows,
    },
  );
  await db
    .updateTable('attendance')
    .set({ flag: 'CANARY below zero' })
    .where('studentId', '=', mine.id)
    .where('sessionId', '=', id)
    .execute();

  it('a family reads notes and homework of its own child, and nothing of the office or of another family', async () => {
    const pages = await Promise.all([
      familySession(await argsOf(parentUser, `/family/sessions/${id}`)),
      familySessions(await argsOf(parentUser, '/family/sessions')),
      familyHome(await argsOf(parentUser, '/family')),
    ]);
    const text = textOf(pages);
    expect(text).toContain('For all to read');
    expect(text).toContain('Page 9');
    expect(text).toContain('CANARY about mine');
    for (const secret of [
      'CANARY for the office',
      'CANARY about theirs',
      'CANARY below zero',
      'Theirs',
      '4321',
      '2765',
      'attendanceId',
      'chargePercent',
    ]) {
      expect(text, secret).not.toContain(secret);
    }
  });

  it('its tutor sees what was said, and nothing of what the families pay', async () => {
    const pages = await Promise.all([
      tutorSession(await argsOf(tutorUser, `/tutor/sessions/${id}`)),
      tutorToday(await argsOf(tutorUser, '/tutor')),
    ]);
    const text = textOf(pages);
    expect(text).toContain('CANARY for the office');
    for (const secret of ['CANARY below zero', '4321', '43.21', '2765', 'chargePercent', 'Paul Parent'])
      expect(text, secret).not.toContain(secret);
  });

  it('the office’s list puts what deviates first and says how', async () => {
    const page = await closeOuts(await argsOf(scheduler, '/office/closeouts'));
    expect(page.approve?.rows[0]).toMatchObject({ id });
    expect(page.approve?.rows[0]?.differences.map(({ text }) => text)).toEqual([
      'Theirs Other: no-show',
      'For the office: CANARY for the office',
      '5 min less: 55 instead of 60',
      expect.stringMatching(/^Began 5 min late, at \d\d:05$/),
    ]);
  });

  it('sent back without a word: asked for one, at the field; with it, the tutor reads it and closes out again', async () => {
    const refused = (await closeOutsAction(
      await argsOf(scheduler, '/office/closeouts', { 'send-back': id }),
    )) as unknown as Answer;
    expect(refused.init.status).toBe(400);
    expect((refused.data as unknown as { errors: object }).errors).toEqual({ [id]: 'Tell the tutor what to change.' });
    await closeOutsAction(await argsOf(scheduler, '/office/closeouts', { 'send-back': id, [`reason.${id}`]: 'Which homework?' }));
    expect(await tutorSession(await argsOf(tutorUser, `/tutor/sessions/${id}`))).toMatchObject({
      sentBackReason: 'Which homework?',
      mayCloseOut: 'first',
    });
    // What isn't approved is not the family's to read yet.
    expect((await familySession(await argsOf(parentUser, `/family/sessions/${id}`))).done).toBeNull();
    const form = { intent: 'as-planned', notes: 'Again', homework: 'Page 10', [`outcome.${theirs.id}`]: 'no_show' };
    const answer = (await closeOutAction(await argsOf(tutorUser, `/tutor/sessions/${id}/close-out`, form))) as Response;
    expect(answer.headers.get('location')).toBe('/tutor/closeouts?done');
    const page = await closeOuts(await argsOf(scheduler, '/office/closeouts'));
    expect(page.approve?.rows.find((row) => row.id === id)?.students.map((student) => student.outcome.key)).toEqual([
      'attended',
      'attended',
    ]);
  });

  it('approved, its charge says why; the scheduler sees it without the pay, the admin with it', async () => {
    const approved = (await closeOutsAction(await argsOf(scheduler, '/office/closeouts', { session: id }))) as Response;
    expect(approved.headers.get('location')).toBe('/office/closeouts?approved=1');
    const forScheduler = await officeSession(await argsOf(scheduler, `/office/sessions/${id}`));
    expect(forScheduler.money?.charges?.[0]?.amount).toContain('43.21');
    expect(forScheduler.money?.charges?.[0]?.why).toMatch(/an hour × 60 min, attended/);
    expect(forScheduler.money?.pay).toBeNull();
    // Digits of an id are no amount.
    for (const secret of [/27\.65/, /(?<![0-9a-f-])2765(?![0-9a-f-])/, /payPercent/])
      expect(textOf(forScheduler)).not.toMatch(secret);
    const forAdmin = await officeSession(await argsOf(admin, `/office/sessions/${id}`));
    expect(forAdmin.money?.pay?.[0]?.amount).toContain('27.65');
    expect(forAdmin.story.map((line) => line.what)).toEqual([
      'Approved the close-out',
      'Closed out',
      'Sent the close-out back',
      'Closed out',
      'Booked',
    ]);
  });
});

describe('closing out', () => {
  it('a no-show before a third of the lesson is over is refused at that student, with every word kept', async () => {
    const { id, wallStart } = await aSession();
    ctx.setNow(`${wallStart}:00Z`);
    const form = {
      intent: 'close-out',
      notes: 'Waited',
      [`outcome.${mine.id}`]: 'attended',
      [`outcome.${theirs.id}`]: 'no_show',
    };
    const refused = (await closeOutAction(await argsOf(tutorUser, `/tutor/sessions/${id}/close-out`, form))) as unknown as Answer;
    expect(refused.init.status).toBe(400);
    expect(Object.keys(refused.data.problem.errors)).toEqual(['attendance[1].outcome']);
    expect(refused.data.problem.message).toMatch(/from \d\d:20 on/);
    expect(refused.data.values).toMatchObject({ notes: 'Waited' });
    const { status } = await db.selectFrom('session').select('status').where('id', '=', id).executeTakeFirstOrThrow();
    expect(status).toBe('scheduled');
    ctx.setNow('2026-03-02T09:00:00Z');
  });

  it('a tutor can’t say what only the office may, nor close out somebody else’s session', async () => {
    const { id, wallStart } = await aSession();
    ctx.setNow(`${wallStart}:00Z`);
    const form = { intent: 'close-out', [`outcome.${mine.id}`]: 'technical_failure' };
    const refused = (await closeOutAction(await argsOf(tutorUser, `/tutor/sessions/${id}/close-out`, form))) as unknown as Answer;
    expect(refused.init.status).toBe(403);
    ctx.setNow('2026-03-02T09:00:00Z');
    const foreign = await aSession({ tutorId: secondTutor.id });
    const outcome = await closeOutAction(await argsOf(tutorUser, `/tutor/sessions/${foreign.id}/close-out`, form)).catch(
      (answer: Response) => answer,
    );
    expect(outcome).toHaveProperty('status', 404);
  });
});

describe('a family’s questions', () => {
  it('sent twice are asked once, are read by the tutor, and stay from the other family of the group', async () => {
    const { id } = await aSession();
    const form = { intent: 'ask', formId: randomUUID(), body: 'CANARY can we do fractions?' };
    const send = async () => askTutor(await argsOf(parentUser, `/family/sessions/${id}`, form));
    await send();
    await send();
    const tutorPage = await tutorSession(await argsOf(tutorUser, `/tutor/sessions/${id}`));
    expect(tutorPage.view.asked.map((question) => question.body)).toEqual(['CANARY can we do fractions?']);
    expect((await familySession(await argsOf(parentUser, `/family/sessions/${id}`))).view.asked).toHaveLength(1);
    expect(textOf(await familySession(await argsOf(otherUser, `/family/sessions/${id}`)))).not.toContain('CANARY');
  });

  it('without words are asked for at the field; a plan is not the family’s to write', async () => {
    const { id } = await aSession();
    const empty = (await askTutor(
      await argsOf(parentUser, `/family/sessions/${id}`, { intent: 'ask', body: ' ' }),
    )) as unknown as Answer;
    expect(empty.init.status).toBe(400);
    expect(empty.data.problem.errors.body).toBeTruthy();
    const plan = (await askTutor(
      await argsOf(parentUser, `/family/sessions/${id}`, { intent: 'plan', plan: 'Mine', version: '1' }),
    )) as unknown as Answer;
    expect(plan.init.status).toBe(403);
  });
});

describe('moving and cancelling', () => {
  it('the consequence of a late cancellation is said in money before it is done, and only for who is chosen', async () => {
    const { id } = await aSession({ wallStart: '2026-03-02T18:00' });
    const page = await cancelPage(await argsOf(scheduler, `/office/sessions/${id}/cancel?by=client&student=${mine.id}`));
    expect(page.consequence).toMatchObject({ late: true, confirm: 'Cancel for Mine Parent' });
    expect(page.consequence?.lines[0]?.text).toContain('21.61');
    const inTime = await cancelPage(await argsOf(scheduler, `/office/sessions/${id}/cancel?by=office`));
    expect(inTime.consequence).toMatchObject({ late: false, confirm: 'Cancel the session' });
    await cancelAction(
      await argsOf(scheduler, `/office/sessions/${id}/cancel`, { by: 'client', student: mine.id, reason: 'Fever' }),
    );
    const after = await officeSession(await argsOf(scheduler, `/office/sessions/${id}`));
    expect(after.view.students.map((student) => [student.name, student.outcome.key])).toEqual([
      ['Mine Parent', 'late_cancel'],
      ['Theirs Other', 'planned'],
    ]);
    expect(after.story[0]).toMatchObject({ what: 'Cancelled', detail: expect.stringContaining('Fever') });
  });

  it('moved by two at once: the second is told what it was and what it is now, and may insist', async () => {
    const { id } = await aSession();
    const form = { version: '1', date: '2026-04-01', time: '10:00', durationMinutes: '60', tutorId: tutor.id };
    expect(((await moveAction(await argsOf(scheduler, `/office/sessions/${id}/reschedule`, form))) as Response).status).toBe(302);
    const late = (await moveAction(
      await argsOf(admin, `/office/sessions/${id}/reschedule`, { ...form, time: '11:00' }),
    )) as unknown as Answer;
    expect(late.init.status).toBe(409);
    expect(late.data.values).toMatchObject({ time: '11:00' });
    const told = (late.data as unknown as { problem: { more: string[]; version: number } }).problem;
    expect(told.more).toEqual([
      expect.stringMatching(/^You saw: Tomorrow, 16:00, 1\sh with /),
      expect.stringMatching(/^Now it is: Wed.* 1 Apr, 10:00, 1\sh with /),
      'Send the form again to change it nevertheless.',
    ]);
    const again = { ...form, time: '11:00', version: String(told.version) };
    expect(((await moveAction(await argsOf(admin, `/office/sessions/${id}/reschedule`, again))) as Response).status).toBe(302);
  });

  it('a plan from a page that is out of date is refused and kept for its writer', async () => {
    const { id } = await aSession();
    await sessionAction(await argsOf(scheduler, `/office/sessions/${id}`, { intent: 'plan', version: '1', plan: 'First' }));
    const late = (await sessionAction(
      await argsOf(scheduler, `/office/sessions/${id}`, { intent: 'plan', version: '1', plan: 'Second' }),
    )) as unknown as Answer;
    expect(late.init.status).toBe(409);
    expect(late.data.values).toMatchObject({ plan: 'Second' });
  });
});

describe('the lists', () => {
  it('the filters are the address: days, people, status and words', async () => {
    const { id } = await aSession({ wallStart: '2026-06-01T10:00', studentIds: [theirs.id] });
    const find = async (search: string) =>
      (await sessionList(await argsOf(scheduler, `/office/sessions?${search}`))).sessions.map((session) => session.id);
    expect(await find('from=2026-06-01&to=2026-06-01')).toEqual([id]);
    expect(await find(`from=2026-05-01&student=${theirs.id}`)).toEqual([id]);
    expect(await find('from=2026-05-01&q=other')).toEqual([id]);
    expect(await find('from=2026-05-01&q=nobody')).toEqual([]);
    expect(await find(`from=2026-05-01&tutor=${secondTutor.id}`)).toEqual([]);
    expect(await find('from=2026-05-01&status=approved')).toEqual([]);
  });

  it('today names who is late and what waits', async () => {
    const { id } = await bookSession(db, ctx, system, {
      tutorId: secondTutor.id,
      studentIds: [mine.id],
      programId: group.id,
      subjectId: maths.id,
      wallStart: '2026-03-02T09:15',
      durationMinutes: 60,
      mode: 'online',
      meetingInstallId: organisation.installs['meeting-jitsi'] ?? '',
      billable: true,
    }).then(({ sessionId }) => ({ id: sessionId }));
    ctx.setNow('2026-03-02T09:30:00Z');
    const page = await today(await argsOf(admin, '/office'));
    expect(page.late.map((row) => row.id)).toEqual([id]);
    expect(page.live.map((session) => session.id)).toEqual([id]);
    const offices = [
      'tasks',
      'new requests',
      'waiting requests',
      'requests',
      'idle',
      'to approve',
      'overdue',
      'time-off',
      'rooms',
      'left-out',
    ];
    expect(page.waiting.map((item) => item.label)).toEqual([...offices, 'unbilled', 'credits']);
    const forScheduler = await today(await argsOf(scheduler, '/office'));
    expect(forScheduler.waiting.map((item) => item.label)).toEqual(offices);
    ctx.setNow('2026-03-02T09:00:00Z');
  });
});
