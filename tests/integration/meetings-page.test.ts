import { beforeAll, expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { action, loader } from '#app/routes/office.meetings/route.tsx';
import { action as installAction, loader as installLoader } from '#app/routes/office.settings.plugins.$id/route.tsx';
import { plugins } from '#config/plugins.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { apiKey, faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { testContext } from '#tests/setup/context.ts';
import { countQueries } from '#tests/setup/count-queries.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const server = faultyServer();
const base = testContext(db, { now: '2026-03-02T09:00:00Z' });
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: faulty })] },
});
const options = { keyRing: base.config.keyRing, clock: base.clock, log: base.log, fetch: server.fetch };
const ctx = { ...base, plugins: createPluginHost({ ...options, registry }) };
const without = createPluginHost({ ...options, registry: await loadPlugins() });
const actor = { userId: null, kind: 'system' } as const;

const organisation = await anOrganisation(db, { meeting: 'meeting-jitsi' });
const jitsi = organisation.installs['meeting-jitsi'];
const classroom = organisation.installs['meeting-classroom'];
const admin = await aUser(db, { roles: ['admin'] });
await ensureInstalls(db, registry);
const rooms = (await ctx.plugins.listInstalls(db, 'meeting')).find((install) => install.pluginId === faulty.id)?.id ?? '';
await saveInstallSettings(db, ctx, actor, {
  ...{ installId: rooms, name: 'Rooms', keptSecrets: [] },
  values: { apiKey, region: 'eu', seats: 10, lobby: true },
});
await changeInstallState(db, ctx, actor, { installId: rooms, state: 'enabled' });
const subject = await aSubject(db, { name: 'Algebra' });
const program = await aProgram(db, { capacity: 5 });
await aRate(db);
const { id: clientId } = await aClient(db);
const pupils = [await aStudent(db, { clientId }), await aStudent(db, { clientId })].map((student) => student.id);
const { id: tutorId } = await aTutor(db, { firstName: 'Ana', lastName: 'Núñez', subjectIds: [subject.id] });
let day = 2;

async function book(students = 1): Promise<string> {
  day += 1;
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId, studentIds: pupils.slice(0, students), programId: program.id, subjectId: subject.id },
    ...{ wallStart: `2026-03-${String(day).padStart(2, '0')}T10:00`, durationMinutes: 60, mode: 'online', billable: true },
    meetingInstallId: rooms,
  });
  return sessionId;
}

async function ask(path: string, form?: [string, string][], host = ctx.plugins, asked = db) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const request = new Request(`http://lectern.test${path}`, {
    headers: { cookie: `lectern=${token}` },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const context = { ...ctx, db: asked, plugins: host, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
  return { request, context, params: { id: path.split('/').at(-1) } } as never;
}
const page = async () => loader(await ask('/office/meetings'));
const press = async (...form: [string, string][]) =>
  action(await ask('/office/meetings', form)) as Promise<{ data: { done: string; left: unknown[]; problem: string } }>;
const meetingOf = (sessionId: string) =>
  db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();

let alone: string;
let group: string;
beforeAll(async () => {
  [alone, group] = [await book(), await book(2)];
  server.failAlways('unauthorised');
  for (const sessionId of [alone, group]) await provisionMeeting(ctx, { sessionId });
  server.failAlways(undefined);
});

test('the office sees the rooms that are not there, the soonest first, why, and the providers to choose from', async () => {
  const { rooms: listed, total, choices } = await page();
  expect(total).toBe(2);
  expect(listed.map((row) => row.sessionId)).toEqual([alone, group]);
  expect(listed[0]).toMatchObject({
    ...{ title: 'Algebra', tutorName: 'Ana Núñez', installName: 'Rooms', state: 'failed', next: null },
    error: 'Faulty Rooms no longer accepts the API key.',
    wayOut: expect.stringContaining('Reconnect'),
  });
  expect(choices.map((choice) => choice.id)).toContain(classroom);
  expect(choices.map((choice) => choice.id)).not.toContain(organisation.installs['meeting-in-person']);
});

test('many rooms that are not there are no more questions to the database than few', async () => {
  const queries = async () => {
    const counted = countQueries(db);
    const { total } = await loader(await ask('/office/meetings', undefined, ctx.plugins, counted.db));
    return { total, queries: counted.count() };
  };
  const few = await queries();
  const more = [await book(), await book(), await book()];
  const many = await queries();
  expect(many).toEqual({ total: few.total + 3, queries: few.queries });
  expect(few.queries).toBeGreaterThan(0);
  await db.updateTable('session').set({ status: 'cancelled' }).where('id', 'in', more).execute();
});

test('nothing happens to sessions that nobody ticked', async () => {
  expect((await press(['intent', 'retry'])).data.problem).toContain('Tick the sessions');
  expect((await press(['intent', 'change'], ['session', alone])).data.problem).toContain('Choose the provider');
});

test('many get another provider at once; one that it doesn’t fit stays, and is named', async () => {
  const { data } = await press(['intent', 'change'], ['session', alone], ['session', group], ['installId', classroom]);
  expect(data).toMatchObject({
    done: expect.stringContaining('1 session moved'),
    left: [{ sessionId: group, title: 'Algebra with Ana Núñez', reason: expect.stringContaining('one tutor and one student') }],
  });
  expect(await meetingOf(alone)).toMatchObject({ installId: classroom, state: 'pending' });
  expect(await meetingOf(group)).toMatchObject({ installId: rooms, state: 'failed' });
});

test('tried again by a button, and pressed twice is pressed once', async () => {
  await press(['retry-one', group]);
  await press(['retry-one', group]);
  const tries = await db.selectFrom('auditLog').select('id').where('action', '=', 'meeting.retry').execute();
  expect(tries).toHaveLength(1);
  await provisionMeeting(ctx, { sessionId: group });
  expect(await meetingOf(group)).toMatchObject({ state: 'ready' });
});

test('whoever mends the settings need not press a button at each session', async () => {
  const sessionId = await book();
  server.failNext('unauthorised');
  await provisionMeeting(ctx, { sessionId });
  expect(await meetingOf(sessionId)).toMatchObject({ state: 'failed', nextAttemptAt: null });
  await installAction(
    await ask(`/office/settings/plugins/${rooms}`, [
      ['intent', 'settings'],
      ['name', 'Rooms'],
      ['settings.region', 'eu'],
      ['settings.seats', '10'],
    ]),
  );
  expect(ctx.jobs.at(-1)?.name).toBe('meeting.sweep');
  await provisionMeeting(ctx, { sessionId });
  expect(await meetingOf(sessionId)).toMatchObject({ state: 'ready' });
});

test('a provider in trouble is named, with when it is tried again, on the list and on its own page', async () => {
  const sessionIds = [await book(), await book(), await book(), await book(), await book()];
  server.failAlways('unavailable');
  for (const sessionId of sessionIds) await provisionMeeting(ctx, { sessionId });
  server.failAlways(undefined);
  const gate = { name: 'Rooms', reason: 'Faulty Rooms has a fault of its own.', limited: false };
  expect((await page()).gates).toEqual([{ ...gate, installId: rooms, until: expect.stringMatching(/\d/) }]);
  const { health } = await installLoader(await ask(`/office/settings/plugins/${rooms}`));
  expect(health?.trouble).toContain('Faulty Rooms has a fault of its own. Nobody calls it until');
});

test('a provider that was taken out is told with the sessions to come that are there, and all get another', async () => {
  const listed = await loader(await ask('/office/meetings', undefined, without));
  expect(listed.left).toMatchObject([
    { installId: rooms, sessions: 7, problem: expect.stringContaining('no longer part of this installation') },
  ]);
  expect(listed.left[0]?.others.map((other) => other.id)).toContain(jitsi);
  const form: [string, string][] = [
    ['intent', 'leave'],
    ['from', rooms],
    ['installId', jitsi],
  ];
  const answer = (await action(await ask('/office/meetings', form, without))) as { data: { done: string; left: unknown[] } };
  expect(answer.data).toMatchObject({ done: expect.stringContaining('7 sessions moved'), left: [] });
  expect((await loader(await ask('/office/meetings', undefined, without))).left).toEqual([]);
});
