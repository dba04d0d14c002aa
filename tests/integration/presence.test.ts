import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { findPresence } from '#app/domain/meetings/presence-queries.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { getJoinSession } from '#app/domain/meetings/queries.server.ts';
import { readPresence } from '#app/domain/meetings/read-presence.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listLateSessions } from '#app/domain/scheduling/today.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { createApp } from '#app/server/create-app.ts';
import { serve } from '#app/server/serve.ts';
import { plugins } from '#config/plugins.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { hookSecret, signed, plugin as telling } from '#tests/fakes/meeting-telling.ts';
import { pagesThatCount } from '#tests/fakes/pages.tsx';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const base = testContext(db, { now: '2026-03-02T09:00:00Z' });
const actor = { userId: null, kind: 'system' } as const;
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: telling })] },
});
let report: () => Response = () => new Response('', { status: 404 });
let asked = 0;
const host = createPluginHost({
  ...{ registry, keyRing: base.config.keyRing, clock: base.clock, log: base.log },
  fetch: async () => {
    asked += 1;
    return report();
  },
});
const ctx = { ...base, plugins: host };
await anOrganisation(db);
await ensureInstalls(db, registry);
const installId = (await host.listInstalls(db, 'meeting')).find((one) => one.pluginId === 'meeting-telling')?.id ?? '';
await saveInstallSettings(db, ctx, actor, { installId, name: 'Telling', keptSecrets: [], values: { hookSecret } });
await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
const serving = await serve(createApp({ context: ctx, pages: pagesThatCount({ writes: 0 }) }), { port: 0, host: '127.0.0.1' });
afterAll(() => serving.stop());

const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 5 });
await aRate(db);
const tutorUser = await aUser(db, { roles: ['tutor'] });
const tutor = await aTutor(db, { userId: tutorUser.id, firstName: 'Ana', lastName: 'Núñez', subjectIds: [subject.id] });
const client = await aClient(db);
const mia = await aStudent(db, { clientId: client.id, firstName: 'Mia', lastName: 'Byrne', email: 'mia@example.test' });
let day = 2;

async function aSession() {
  day += 1;
  const date = `2026-03-${String(day).padStart(2, '0')}`;
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId: tutor.id, studentIds: [mia.id], programId: program.id, subjectId: subject.id, wallStart: `${date}T16:00` },
    ...{ durationMinutes: 60, mode: 'online', billable: true, meetingInstallId: installId },
  });
  await provisionMeeting(ctx, { sessionId });
  const meeting = () => db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
  const { ref } = await meeting();
  const time = (clock: string) => `${date}T${clock}:00.000Z`;
  const event = (fact: string, clock: string, person?: object) => ({
    ...{ id: `${sessionId}:${fact}:${clock}:${JSON.stringify(person ?? '')}`, fact, ref: ref ?? '', at: time(clock) },
    ...(person ? { person } : {}),
  });
  const stays = async () =>
    (await findPresence(db, sessionId))?.stays.map(({ name, joinedAt, leftAt, attendanceId, userId }) => ({
      ...{ name, from: joinedAt.toISOString().slice(11, 16), to: leftAt?.toISOString().slice(11, 16) ?? null },
      who: userId === tutorUser.id ? 'tutor' : attendanceId ? 'student' : null,
    }));
  return { sessionId, ref, meeting, time, event, stays };
}

async function tell(body: object, headers?: Record<string, string>) {
  const call = signed(body);
  return fetch(`http://127.0.0.1:${serving.port}/hooks/p/${installId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? call.headers) },
    body: call.rawBody,
  });
}
const ana = { key: 'k-ana', name: 'Ana Nunez', email: null, userId: tutorUser.id };
const student = { key: 'k-mia', name: 'iPad', email: 'MIA@example.test', userId: null };
const stranger = { key: 'k-x', name: 'Somebody', email: null, userId: 'no-id-of-ours' };

describe('what a meeting provider tells', () => {
  test('is kept as who was there and when, doubled and in any order, each person once known', async () => {
    const session = await aSession();
    const { event } = session;
    const events = [
      event('left', '16:57', student),
      event('started', '15:58'),
      event('joined', '16:12', student),
      event('joined', '15:58', ana),
      event('left', '16:10', student),
      event('joined', '15:59', student),
      event('joined', '16:01', stranger),
      event('ended', '17:01'),
    ];
    const answers = await Promise.all([...events, ...events].map((one) => tell(one)));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(await session.stays()).toEqual([
      { name: 'Ana Nunez', from: '15:58', to: null, who: 'tutor' },
      { name: 'iPad', from: '15:59', to: '16:10', who: 'student' },
      { name: 'Somebody', from: '16:01', to: null, who: null },
      { name: 'iPad', from: '16:12', to: '16:57', who: 'student' },
    ]);
    expect(await session.meeting()).toMatchObject({
      startedAt: new Date(session.time('15:58')),
      endedAt: new Date(session.time('17:01')),
    });
  });

  test('is kept whatever people call themselves, and however long a key is', async () => {
    const session = await aSession();
    const odd = { key: `k${'x'.repeat(9_000)}`, name: `Mia\0 ${'y'.repeat(9_000)}`, email: '\0', userId: '\0' };
    const event = { ...session.event('joined', '16:00', odd), id: `long:${randomBytes(6_000).toString('base64')}` };
    for (const _ of [1, 2]) expect((await tell(event)).status).toBe(200);
    expect(await session.stays()).toEqual([{ name: expect.stringMatching(/^Mia y+$/), from: '16:00', to: null, who: null }]);
  });

  test('that is not signed, or of a room that is not ours, changes nothing', async () => {
    const session = await aSession();
    const joined = session.event('joined', '16:00', ana);
    expect((await tell(joined, { 'x-telling': '00' })).status).toBe(401);
    expect((await tell({ ...joined, ref: 'another' })).status).toBe(200);
    expect(await session.stays()).toEqual([]);
    expect((await tell({ ...joined, id: 'told properly' })).status).toBe(200);
    expect(await session.stays()).toHaveLength(1);
  });

  test.each([
    ['more than an event can be', 413, () => ({ body: 'x'.repeat(1_000_000) })],
    ['small, and large once it is unpacked', 413, () => ({ body: gzipSync(Buffer.alloc(5_000_000)), packed: 'gzip' })],
    ['packed in a way that nobody knows', 415, () => ({ body: '{}', packed: 'elsewise' })],
    ['packed badly', 400, () => ({ body: '{}', packed: 'gzip' })],
    ['to one that tells nothing', 404, () => ({ to: base.config.origin })],
    ['to a billing mode', 404, async () => ({ to: (await host.listInstalls(db, 'billing'))[0]?.id ?? '' })],
    ['deep beyond reading', 401, () => ({ body: '['.repeat(200_000) })],
  ] as [string, number, () => { body?: string | Buffer; packed?: string; to?: string } | Promise<{ to: string }>][])(
    'that is %s is refused, and nobody here is called for it',
    async (_what, status, make) => {
      const { body = '{}', packed, to = installId } = (await make()) as { body?: string; packed?: string; to?: string };
      const headers: Record<string, string> = packed ? { 'content-encoding': packed } : {};
      const address = `http://127.0.0.1:${serving.port}/hooks/p/${encodeURIComponent(to)}`;
      const answer = await fetch(address, { method: 'POST', body, headers });
      expect([answer.status, await answer.text()]).toEqual([status, expect.stringMatching(/^[A-Z].{5,60}\.?\n$/)]);
    },
  );

  test('is answered as it asks, where it shakes hands', async () => {
    const answer = await tell({ id: 'h', fact: 'hello' });
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual([
      'application/json; charset=utf-8',
      '{"hello":true}',
    ]);
  });

  test('of a room that somebody removed there makes another one, while it is needed', async () => {
    const session = await aSession();
    ctx.jobs.length = 0;
    await tell(session.event('gone', '10:00'));
    expect(await session.meeting()).toMatchObject({ state: 'pending', ref: null, errorCode: 'not_found' });
    expect(ctx.jobs).toEqual([{ name: 'meeting.provision', data: { sessionId: session.sessionId } }]);
    const held = await aSession();
    ctx.setNow(held.time('18:00'));
    await tell(held.event('gone', '18:00'));
    expect(await held.meeting()).toMatchObject({ state: 'ready' });
    ctx.setNow('2026-03-02T09:00:00Z');
  });

  test('of a tutor who came by the provider’s own app takes them off the list of who is late, and lets the family in', async () => {
    const session = await aSession();
    ctx.setNow(session.time('16:06'));
    const late = async () => (await listLateSessions(db, ctx.clock())).map((one) => one.id);
    expect(await late()).toEqual([session.sessionId]);
    expect(await getJoinSession(db, session.sessionId)).toMatchObject({ hostCame: false });
    await tell(session.event('joined', '16:05', ana));
    expect(await late()).toEqual([]);
    expect(await getJoinSession(db, session.sessionId)).toMatchObject({ hostCame: true });
    ctx.setNow('2026-03-02T09:00:00Z');
  });

  test('still counts when the provider is switched off meanwhile', async () => {
    const session = await aSession();
    await changeInstallState(db, ctx, actor, { installId, state: 'disabled' });
    expect((await tell(session.event('joined', '16:00', ana))).status).toBe(200);
    await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
    expect(await session.stays()).toHaveLength(1);
  });

  test('is of no account to the session that has another room by then', async () => {
    const session = await aSession();
    const joined = session.event('joined', '16:00', ana);
    const other = (await host.listInstalls(db, 'meeting')).find((one) => one.pluginId === 'meeting-jitsi')?.id ?? '';
    await db.transaction().execute((trx) => planMeeting(trx, ctx, { sessionId: session.sessionId, installId: other }));
    await tell(joined);
    expect(await session.stays()).toEqual([]);
  });
});

describe('a provider’s report', () => {
  const stays = (...rows: [name: string, from: string, to: string | null][]) =>
    Response.json(rows.map(([name, from, to]) => ({ key: name, name, from, to })));
  const read = async (session: Awaited<ReturnType<typeof aSession>>, clock: string) => {
    ctx.setNow(session.time(clock));
    asked = 0;
    await readPresence(ctx);
    return asked;
  };
  /** Earlier sessions of this file have their reports to be read, too. */
  const alone = () => db.updateTable('meeting').set({ presenceReadAt: '2027-01-01T00:00:00Z' }).execute();

  test('is read soon after the end, again until all of it is there, and then stands for the events', async () => {
    await alone();
    const session = await aSession();
    await tell(session.event('joined', '16:02', student));
    expect(await read(session, '17:01')).toBe(0);
    report = () => stays(['Ana Núñez', session.time('15:58'), null]);
    expect(await read(session, '17:02')).toBe(1);
    expect(await read(session, '17:10')).toBe(0);
    expect(await session.stays()).toEqual([{ name: 'Ana Núñez', from: '15:58', to: null, who: 'tutor' }]);
    report = () =>
      stays(
        ['Ana Núñez', session.time('15:58'), session.time('17:00')],
        ['Mia Byrne', session.time('16:02'), session.time('16:59')],
      );
    expect(await read(session, '17:15')).toBe(1);
    expect(await session.stays()).toMatchObject([
      { name: 'Ana Núñez', to: '17:00', who: 'tutor' },
      { name: 'Mia Byrne', to: '16:59', who: 'student' },
    ]);
    expect(await read(session, '19:00')).toBe(0);
  });

  test('is kept with names of any kind, and holds up nobody else’s', async () => {
    await alone();
    const [odd, plain] = [await aSession(), await aSession()];
    report = () => stays(['Mia\0', odd.time('15:58'), odd.time('16:50')]);
    await read(plain, '17:02');
    expect(await odd.stays()).toMatchObject([{ name: 'Mia' }]);
    expect((await plain.meeting()).presenceReadAt).not.toBeNull();
  });

  test('that can’t be had, or makes no sense, is asked for again later and takes nothing away', async () => {
    await alone();
    const session = await aSession();
    report = () => stays(['Ana Núñez', session.time('15:58'), null]);
    await read(session, '17:02');
    for (const [clock, bad] of [
      ['17:15', () => new Response('<html>', { status: 502 })],
      ['18:00', () => Response.json([{ surprise: true }])],
      ['23:00', () => stays()],
    ] as const) {
      report = bad;
      expect(await read(session, clock)).toBe(1);
      expect(await session.stays()).toHaveLength(1);
    }
  });
});
