import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { startInstantSession } from '#app/domain/instant/start-instant-session.server.ts';
import { makeRoomNow } from '#app/domain/meetings/make-room-now.server.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { action as accept } from '#app/routes/invite.$token/route.tsx';
import { action as saveRules } from '#app/routes/office.settings.meetings/route.tsx';
import { action as chooseRoom, loader as opening } from '#app/routes/sessions.$id.opening/route.tsx';
import { action as check } from '#app/routes/sessions.instant.check/route.ts';
import { action as start, loader as startPage } from '#app/routes/tutor.sessions.instant/route.tsx';
import { loader as studentPage } from '#app/routes/tutor.students.$id/route.tsx';
import { plugins } from '#config/plugins.ts';
import { anEngagement, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { apiKey, faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const server = faultyServer();
const base = testContext(db, { now: '2026-03-02T14:07:33Z' });
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: faulty })] },
});
const host = createPluginHost({
  ...{ registry, keyRing: base.config.keyRing, clock: base.clock, log: base.log },
  fetch: server.fetch,
});
const ctx = { ...base, plugins: host };
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
const system = { userId: null, kind: 'system' } as const;
const organisation = await anOrganisation(db, { meeting: 'meeting-jitsi' });
await ensureInstalls(db, registry);
const faultyId = (await host.listInstalls(db, 'meeting')).find((install) => install.pluginId === 'meeting-faulty')?.id ?? '';
await saveInstallSettings(db, ctx, system, {
  ...{ installId: faultyId, name: 'Rooms', keptSecrets: [] },
  values: { apiKey, region: 'eu', seats: 10, lobby: true },
});
await changeInstallState(db, ctx, system, { installId: faultyId, state: 'enabled' });
const program = await aProgram(db, { durations: [30, 60] });
const subject = await aSubject(db);
await aRate(db);
const admin = await aUser(db, { roles: ['admin'] });

async function aTutorWithStudent() {
  const user = await aUser(db, { roles: ['tutor'] });
  const tutor = await aTutor(db, { userId: user.id, subjectIds: [subject.id] });
  const student = await aStudent(db, { firstName: 'Mia', email: `${randomUUID()}@example.test` });
  await anEngagement(db, { tutorId: tutor.id, studentId: student.id, programId: program.id, subjectId: subject.id });
  const form = (over: Record<string, string> = {}) => ({
    ...{ id: randomUUID(), studentIds: student.id, programId: program.id, subjectId: subject.id, durationMinutes: '60' },
    ...{ billable: 'yes', title: 'Fractions', description: '', 'invite.name': '', 'invite.email': '', ...over },
  });
  return { user, tutor, student, form };
}

async function argsOf(user: { id: string } | null, path: string, form?: Record<string, string>, params = {}) {
  const token = user ? await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null }) : '';
  const request = new Request(`http://lectern.test${path}`, {
    headers: token ? { cookie: `lectern=${token}` } : {},
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params } as never;
}

/** Where an answer leads; its body where it leads nowhere. */
async function leads(answer: Promise<unknown>): Promise<string> {
  const response = await answer.catch((thrown: unknown) => thrown);
  if (!(response instanceof Response)) throw new Error(`leads nowhere: ${JSON.stringify(response)}`);
  return response.headers.get('location') ?? `${response.status}`;
}

describe('Start Session', () => {
  test('leads the tutor into the room, and pressed again into the same one', async () => {
    const { user, form } = await aTutorWithStudent();
    const once = form();
    expect(await leads(start(await argsOf(user, '/tutor/sessions/instant', once)))).toBe(`/sessions/${once.id}/join`);
    expect(await leads(start(await argsOf(user, '/tutor/sessions/instant', once)))).toBe(`/sessions/${once.id}/join`);
  });

  test('is the tutor’s own, whatever tutor the form names', async () => {
    const [mine, other] = [await aTutorWithStudent(), await aTutorWithStudent()];
    const form = mine.form({ tutorId: other.tutor.id });
    await leads(start(await argsOf(mine.user, '/tutor/sessions/instant', form)));
    const session = await db.selectFrom('session').select('tutorId').where('id', '=', form.id).executeTakeFirstOrThrow();
    expect(session.tutorId).toBe(mine.tutor.id);
  });

  test('refused, keeps what was typed, with the reason at its field and what fits instead', async () => {
    const { user, form } = await aTutorWithStudent();
    await start(await argsOf(user, '/tutor/sessions/instant', form({ durationMinutes: '30' })));
    const answer = await start(await argsOf(user, '/tutor/sessions/instant', form({ title: 'Again' })));
    expect(answer).toMatchObject({
      init: { status: 409 },
      data: {
        values: { title: ['Again'] },
        hindrance: {
          lines: expect.arrayContaining(['You are in a session until 14:37.']),
          clashes: [{ href: expect.stringMatching(/^\/tutor\/sessions\//) }],
          ways: ['The earliest start for 1\u00a0h is 14:38.'],
        },
      },
    });
    const nobody = await start(await argsOf(user, '/tutor/sessions/instant', form({ studentIds: '' })));
    expect(nobody).toMatchObject({ data: { errors: { studentIds: 'Choose a student, or invite somebody new' } } });
    const both = await start(await argsOf(user, '/tutor/sessions/instant', form({ 'invite.email': 'kim' })));
    expect(both).toMatchObject({ data: { errors: { 'invite.name': 'Enter their name', 'invite.email': expect.any(String) } } });
  });

  test('opens with the student of the address, what they are usually taught, and what it would mean', async () => {
    const { user, student } = await aTutorWithStudent();
    const page = await startPage(await argsOf(user, `/tutor/sessions/instant?student=${student.id}`));
    expect(page.initial).toMatchObject({ studentIds: [student.id], programId: [program.id], subjectId: [subject.id] });
    expect(page.check).toMatchObject({ hindrance: null, billed: expect.stringContaining('next invoice') });
  });

  test('says nothing of what it would mean to a tutor about others, nor to families', async () => {
    const [mine, other] = [await aTutorWithStudent(), await aTutorWithStudent()];
    const asOffice = { ...mine.form(), by: 'office', tutorId: other.tutor.id };
    expect(await leads(check(await argsOf(mine.user, '/sessions/instant/check', asOffice)))).toBe('403');
    const parent = await aUser(db, { roles: ['client'] });
    expect(await leads(check(await argsOf(parent, '/sessions/instant/check', mine.form())))).toBe('403');
    const own = await check(await argsOf(mine.user, '/sessions/instant/check', { ...mine.form(), by: 'tutor' }));
    expect(await own.json()).toMatchObject({ check: { hindrance: null } });
  });
});

describe('a provider in trouble', () => {
  const failing = async () => {
    const made = await aTutorWithStudent();
    const form = made.form({ meetingInstallId: faultyId });
    server.failNext('unavailable');
    const to = await leads(start(await argsOf(made.user, '/tutor/sessions/instant', form)));
    return { ...made, id: form.id, to };
  };
  const at = (id: string) => `/sessions/${id}/opening`;

  test('holds nobody up: the page says so, and a person chooses another room', async () => {
    const { user, id, to } = await failing();
    expect(to).toBe(at(id));
    const page = await opening(await argsOf(user, at(id), undefined, { id }));
    expect(page).toMatchObject({
      data: {
        pending: true,
        others: expect.arrayContaining([expect.objectContaining({ id: organisation.installs['meeting-jitsi'] })]),
      },
    });
    const jitsi = { installId: organisation.installs['meeting-jitsi'] };
    expect(await leads(chooseRoom(await argsOf(user, at(id), jitsi, { id })))).toBe(`/sessions/${id}/join`);
    expect(await leads(opening(await argsOf(user, at(id), undefined, { id })))).toBe(`/sessions/${id}/join`);
  });

  test('is not waited for longer than a person is patient', async () => {
    const { user, student, tutor } = await aTutorWithStudent();
    const { sessionId } = await startInstantSession(db, ctx, { userId: user.id, kind: 'user' }, 'tutor', {
      ...{ id: randomUUID(), tutorId: tutor.id, studentId: student.id, invite: null, programId: program.id },
      ...{ subjectId: subject.id, durationMinutes: 30, billable: true, title: '', description: '', meetingInstallId: faultyId },
    });
    let answer = () => {};
    const slow = createPluginHost({
      ...{ registry, keyRing: base.config.keyRing, clock: base.clock, log: base.log },
      fetch: async (url, init) => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return server.fetch(url, init);
      },
    });
    expect(await makeRoomNow({ ...ctx, plugins: slow }, { sessionId, patienceMs: 10 })).toBe('pending');
    answer();
  });

  test('is nothing to choose another for once it is there, nor one that can’t be had at once, nor for a session of another day', async () => {
    const { user, id, tutor, student } = await failing();
    const choose = async (session: string, installId: string) =>
      chooseRoom(await argsOf(user, at(session), { installId }, { id: session })).catch((thrown: unknown) => thrown);
    const installOf = async (session: string) =>
      (await db.selectFrom('meeting').select('installId').where('sessionId', '=', session).executeTakeFirstOrThrow()).installId;
    expect(await choose(id, randomUUID())).toMatchObject({ init: { status: 400 } });
    expect(await choose(id, 'nobody’s')).toMatchObject({ init: { status: 400 } });
    expect(await installOf(id)).toBe(faultyId);
    const jitsi = organisation.installs['meeting-jitsi'] ?? '';
    await choose(id, jitsi);
    await choose(id, faultyId);
    expect(await installOf(id)).toBe(jitsi);
    const { sessionId } = await bookSession(db, ctx, system, {
      ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id, billable: true },
      ...{ wallStart: '2026-03-20T10:00', durationMinutes: 60, mode: 'online', meetingInstallId: faultyId },
    });
    expect(await choose(sessionId, jitsi)).toMatchObject({ status: 404 });
    expect(await installOf(sessionId)).toBe(faultyId);
  });

  test('is a stranger’s business neither to see nor to change', async () => {
    const { id } = await failing();
    const { user } = await aTutorWithStudent();
    expect(await leads(opening(await argsOf(user, at(id), undefined, { id })))).toBe('404');
    expect(await leads(chooseRoom(await argsOf(user, at(id), {}, { id })))).toBe('404');
  });
});

test('an invitation that came with a session leads on into its room, and nowhere else', async () => {
  const { user, form, student } = await aTutorWithStudent();
  const { id } = form();
  await leads(start(await argsOf(user, '/tutor/sessions/instant', form({ id }))));
  const mail = await db
    .selectFrom('mailMessage')
    .select('data')
    .where('sessionId', '=', id)
    .where('toAddress', '=', student.email ?? '')
    .executeTakeFirstOrThrow();
  const link = new URL((mail.data as { link: string }).link);
  const token = link.pathname.split('/').at(-1);
  const typed = { name: 'Mia', password: 'three quiet fields' };
  const answer = accept(await argsOf(null, link.pathname + link.search, typed, { token }));
  expect(await leads(answer)).toBe(`/sessions/${id}/join`);
});

test('a tutor’s page of a student is theirs alone, with the way to start now', async () => {
  const [mine, other] = [await aTutorWithStudent(), await aTutorWithStudent()];
  const params = { id: mine.student.id };
  const page = await studentPage(await argsOf(mine.user, `/tutor/students/${params.id}`, undefined, params));
  expect(page).toMatchObject({ mayStart: true, name: expect.stringContaining('Mia'), engagements: [{ programId: program.id }] });
  expect(await leads(studentPage(await argsOf(other.user, `/tutor/students/${params.id}`, undefined, params)))).toBe('404');
});

test('an administrator sets who may start at once; what is not ticked is off', async () => {
  const sent = { tutors_start_now: 'on', instant_credits: 'refuse', connection_warning_days: ' 14 ' };
  expect(await leads(saveRules(await argsOf(admin, '/office/settings/meetings', sent)))).toBe('/office/settings');
  const saved = { tutors_start_now: true, tutors_invite: false, instant_credits: 'refuse', connection_warning_days: 14 };
  expect(await getMeetingRules(db)).toMatchObject(saved);
});

test.each(['', '-1', '31', '1.5', 'soon'])('an account that ends is not told of %j days before', async (days) => {
  const sent = { instant_credits: 'flag', connection_warning_days: days };
  const answer = await saveRules(await argsOf(admin, '/office/settings/meetings', sent));
  expect(answer).toMatchObject({
    init: { status: 400 },
    data: {
      errors: { connection_warning_days: 'Enter a whole number of days from 0 to 30' },
      values: { connection_warning_days: [days] },
    },
  });
});
