import { describe, expect, test } from 'vitest';
import { changeMeetingProvider } from '#app/domain/meetings/change-provider.server.ts';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { findMeeting, getJoinSession } from '#app/domain/meetings/queries.server.ts';
import { releaseMeeting } from '#app/domain/meetings/release-meeting.server.ts';
import { resolveJoinUrl } from '#app/domain/meetings/resolve-join-url.server.ts';
import { retryMeeting } from '#app/domain/meetings/retry-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { plugins } from '#config/plugins.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor, aUser } from '#tests/factories/index.ts';
import { apiKey, faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const server = faultyServer();
const logged: string[] = [];
const base = testContext(db, { now: '2026-03-02T09:00:00Z' });
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: faulty })] },
});
const log = {
  info: (...said: unknown[]) => logged.push(JSON.stringify(said)),
  warn: (...said: unknown[]) => logged.push(JSON.stringify(said)),
};
const host = createPluginHost({
  ...{ registry, keyRing: base.config.keyRing, clock: base.clock, fetch: server.fetch },
  log: log as never,
});
const ctx = { ...base, plugins: host, log: log as never };
const actor = { userId: null, kind: 'system' } as const;

const organisation = await anOrganisation(db, { meeting: 'meeting-jitsi' });
await ensureInstalls(db, registry);
const rooms = (await host.listInstalls(db, 'meeting')).find((install) => install.pluginId === 'meeting-faulty')?.id ?? '';
await saveInstallSettings(db, ctx, actor, {
  ...{ installId: rooms, name: 'Rooms', keptSecrets: [] },
  values: { apiKey, region: 'eu', seats: 10, lobby: true },
});
await changeInstallState(db, ctx, actor, { installId: rooms, state: 'enabled' });

const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 5 });
await aRate(db);
let hour = 0;

/** A session of its own tutor and student, an hour after the one before, online at the given provider. */
async function aSession(installId?: string, personalRoomUrl: string | null = null) {
  const tutorUser = await aUser(db, { roles: ['tutor'] });
  const clientUser = await aUser(db, { roles: ['client'] });
  const tutor = await aTutor(db, { userId: tutorUser.id, personalRoomUrl, subjectIds: [subject.id] });
  const client = await aClient(db, { userId: clientUser.id });
  const student = await aStudent(db, { clientId: client.id });
  hour += 1;
  const day = String(3 + Math.floor(hour / 12)).padStart(2, '0');
  const wallStart = `2026-03-${day}T${String(8 + (hour % 12)).padStart(2, '0')}:00`;
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId: tutor.id, studentIds: [student.id], programId: program.id, subjectId: subject.id, wallStart },
    ...{ durationMinutes: 60, mode: installId === 'place' ? 'in_person' : 'online', location: '12 Elm Street', billable: true },
    ...(installId && installId !== 'place' ? { meetingInstallId: installId } : {}),
  });
  const visitor = (user: { id: string; name: string; email: string }) => ({
    ...{
      id: user.id,
      name: user.name,
      email: user.email,
      tutorId: null,
      clientIds: [] as string[],
      studentIds: [] as string[],
      guardedIds: [] as string[],
    },
  });
  return {
    sessionId,
    tutorId: tutor.id,
    startsAt: new Date(`${wallStart}:00Z`),
    tutor: { ...visitor(tutorUser), tutorId: tutor.id },
    client: { ...visitor(clientUser), clientIds: [client.id], studentIds: [student.id] },
    office: visitor(await aUser(db, { roles: ['admin'] })),
  };
}
type ASession = Awaited<ReturnType<typeof aSession>>;

const provision = (session: ASession) => provisionMeeting(ctx, { sessionId: session.sessionId });
/** The clock moves to the time of the session's next attempt, whose job then comes. */
async function passTo(session: ASession) {
  ctx.setNow((await meetingOf(session)).nextAttemptAt ?? ctx.clock());
  await provision(session);
}
const meetingOf = (session: ASession) =>
  db.selectFrom('meeting').selectAll().where('sessionId', '=', session.sessionId).executeTakeFirstOrThrow();
const join = async (session: ASession, who: ASession['client'] | ASession['tutor'], evenAlone = true) =>
  resolveJoinUrl(db, ctx, await getJoinSession(db, session.sessionId), who, { evenAlone });
const joins = (session: ASession) =>
  db.selectFrom('meetingJoin').select(['userId', 'role', 'joinedAt']).where('sessionId', '=', session.sessionId).execute();
const at = (session: ASession, minutes: number) => ctx.setNow(new Date(session.startsAt.getTime() + minutes * 60_000));
const morning = () => ctx.setNow('2026-03-02T09:00:00Z');

describe('a session’s room', () => {
  test('is planned by the booking and made by the job, once, however often the job comes', async () => {
    const session = await aSession(rooms);
    expect(await meetingOf(session)).toMatchObject({ state: 'pending', installId: rooms, ref: null });
    expect(ctx.jobs).toContainEqual({ name: 'meeting.provision', data: { sessionId: session.sessionId } });
    await provision(session);
    const made = await meetingOf(session);
    expect(made).toMatchObject({ state: 'ready', ref: expect.stringMatching(/^room-/), error: null });
    await provision(session);
    expect(await meetingOf(session)).toEqual(made);
    expect(server.rooms().filter((ref) => ref === made.ref)).toHaveLength(1);
  });

  test('has a name nobody can guess, another for each session', async () => {
    const [one, two] = [await aSession(), await aSession()];
    await provision(one);
    await provision(two);
    const urls = [(await meetingOf(one)).joinUrl, (await meetingOf(two)).joinUrl];
    for (const url of urls) expect(url).toMatch(/^https:\/\/meet\.jit\.si\/lectern-[a-z2-7]{26}$/);
    expect(urls[0]).not.toBe(urls[1]);
  });

  test('stays the same room when the session moves, and the provider is told', async () => {
    const session = await aSession(rooms);
    await provision(session);
    const before = await meetingOf(session);
    await db.transaction().execute((trx) => planMeeting(trx, ctx, { sessionId: session.sessionId, installId: rooms }));
    await provision(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'ready', ref: before.ref, joinUrl: before.joinUrl });
    expect(server.calls.at(-1)).toEqual({ method: 'PATCH', path: `/rooms/${before.ref}` });
  });

  test('is given up when the session is cancelled, and twice is as good as once', async () => {
    const session = await aSession(rooms);
    await provision(session);
    const { ref } = await meetingOf(session);
    await releaseMeeting(ctx, session);
    expect(server.rooms()).toContain(ref);
    await cancelSession(db, ctx, actor, { sessionId: session.sessionId, by: 'office', reason: 'ill' });
    expect(ctx.jobs).toContainEqual({ name: 'meeting.release', data: { sessionId: session.sessionId } });
    await releaseMeeting(ctx, session);
    await releaseMeeting(ctx, session);
    expect(server.rooms()).not.toContain(ref);
    expect(await meetingOf(session)).toMatchObject({ state: 'released' });
    await provision(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'released' });
  });

  test('is not made any more when the session was cancelled before the job came', async () => {
    const session = await aSession(rooms);
    const before = server.rooms().length;
    await cancelSession(db, ctx, actor, { sessionId: session.sessionId, by: 'office', reason: 'ill' });
    await provision(session);
    expect(server.rooms()).toHaveLength(before);
  });
});

describe('a provider that fails', () => {
  test('for a while is tried again at a time that is written down, and then it is there', async () => {
    const session = await aSession(rooms);
    server.failNext('unavailable');
    await provision(session);
    const nextAttemptAt = new Date(ctx.clock().getTime() + 5_000);
    expect(await meetingOf(session)).toMatchObject({ state: 'pending', attempts: 1, errorCode: 'unavailable', nextAttemptAt });
    expect(ctx.later.at(-1)).toEqual({
      job: { name: 'meeting.provision', data: { sessionId: session.sessionId } },
      startAfter: nextAttemptAt,
    });
    await passTo(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'ready', error: null, errorCode: null });
  });

  test('says when it may be asked again, and is not asked before', async () => {
    const session = await aSession(rooms);
    server.failNext('rate_limited');
    await provision(session);
    const nextAttemptAt = new Date(ctx.clock().getTime() + 90_000);
    expect(await meetingOf(session)).toMatchObject({ state: 'pending', attempts: 0, nextAttemptAt });
    const calls = server.calls.length;
    await provision(session);
    expect(server.calls).toHaveLength(calls);
    await passTo(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'ready' });
  });

  test('too often becomes a failure that a person sees, with the way out', async () => {
    const session = await aSession(rooms);
    server.failAlways('unavailable');
    await provision(session);
    for (let attempt = 1; attempt < 6; attempt++) await passTo(session);
    server.failAlways(undefined);
    expect(await findMeeting(db, session.sessionId)).toMatchObject({
      state: 'failed',
      error: 'Faulty Rooms has a fault of its own.',
      wayOut: 'It is tried again by itself. You can choose another provider.',
    });
    expect((await host.findInstall(db, rooms))?.lastError).toBe('Faulty Rooms has a fault of its own.');
    await passTo(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'ready' });
    expect((await host.findInstall(db, rooms))?.lastError).toBeNull();
  });

  test('for good fails at once, and is replaced by nobody but a person', async () => {
    const session = await aSession(rooms);
    server.failNext('unauthorised');
    await provision(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'failed', errorCode: 'auth_expired', installId: rooms });
    await changeMeetingProvider(db, ctx, actor, {
      sessionId: session.sessionId,
      installId: organisation.installs['meeting-jitsi'],
    });
    await provision(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'ready', joinUrl: expect.stringContaining('meet.jit.si') });
  });

  test('after it acted has made one room, not two', async () => {
    const session = await aSession(rooms);
    const before = server.rooms().length;
    server.failNext('reply_lost');
    await provision(session);
    expect(await meetingOf(session)).toMatchObject({ state: 'pending', unsure: true });
    await passTo(session);
    expect(server.rooms()).toHaveLength(before + 1);
  });

  test('never fails a booking', async () => {
    server.failAlways('unavailable');
    const session = await aSession(rooms);
    server.failAlways(undefined);
    expect(await meetingOf(session)).toMatchObject({ state: 'pending' });
  });

  test('leaves no secret in the meeting, on the install or in the log', async () => {
    const session = await aSession(rooms);
    for (const fault of ['unauthorised', 'malformed'] as const) {
      server.failNext(fault);
      await provision(session);
      await retryMeeting(db, ctx, actor, session);
    }
    await provision(session);
    const said = [await meetingOf(session), await db.selectFrom('pluginInstall').selectAll().execute(), logged];
    expect(logged.length).toBeGreaterThan(0);
    expect(JSON.stringify(said)).not.toContain(apiKey);
  });
});

describe('another provider', () => {
  test('chosen by a person gives up the former room', async () => {
    const session = await aSession(rooms);
    await provision(session);
    const former = (await meetingOf(session)).ref;
    await changeMeetingProvider(db, ctx, actor, {
      sessionId: session.sessionId,
      installId: organisation.installs['meeting-jitsi'],
    });
    expect(ctx.jobs.slice(-2).map((job) => job.name)).toEqual(['meeting.provision', 'meeting.release']);
    await provision(session);
    await releaseMeeting(ctx, session);
    expect(server.rooms()).not.toContain(former);
    expect(await meetingOf(session)).toMatchObject({ state: 'ready', ref: expect.stringMatching(/^lectern-/), data: {} });
  });

  test('chosen while the former one is still at work leaves no room behind', async () => {
    const session = await aSession(rooms);
    const before = server.rooms().length;
    const slow = createPluginHost({
      ...{ registry, keyRing: base.config.keyRing, clock: base.clock, log: log as never },
      fetch: async (url, init) => {
        const answer = await server.fetch(url, init);
        if (init.method === 'POST') {
          await changeMeetingProvider(db, ctx, actor, {
            sessionId: session.sessionId,
            installId: organisation.installs['meeting-jitsi'],
          });
        }
        return answer;
      },
    });
    await provisionMeeting({ ...ctx, plugins: slow }, session);
    expect(await meetingOf(session)).toMatchObject({ state: 'pending', ref: null });
    expect(ctx.jobs.at(-1)).toEqual({ name: 'meeting.release', data: { sessionId: session.sessionId } });
    await releaseMeeting(ctx, session);
    expect(server.rooms()).toHaveLength(before);
  });

  test('that the tutor is not set up for is refused, with what is missing', async () => {
    const session = await aSession();
    const change = changeMeetingProvider(db, ctx, actor, {
      sessionId: session.sessionId,
      installId: organisation.installs['meeting-link'],
    });
    await expect(change).rejects.toMatchObject({
      ...{ code: 'provider_not_connected', field: 'meetingInstallId' },
      message: expect.stringContaining('has no room of their own yet'),
    });
  });

  test('is of no use to a session in person', async () => {
    const session = await aSession('place');
    const change = changeMeetingProvider(db, ctx, actor, { sessionId: session.sessionId, installId: rooms });
    await expect(change).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('Join', () => {
  test('leads the tutor, the family and the office to one room, and writes down who came as what, and when', async () => {
    const session = await aSession(rooms);
    await provision(session);
    at(session, -10);
    const url = `https://rooms.faulty.example/${(await meetingOf(session)).ref}`;
    for (const who of [session.tutor, session.client, session.office])
      expect(await join(session, who)).toEqual({ state: 'open', url });
    expect(await joins(session)).toEqual([
      { userId: session.tutor.id, role: 'tutor', joinedAt: ctx.clock() },
      { userId: session.client.id, role: 'client', joinedAt: ctx.clock() },
      { userId: session.office.id, role: 'office', joinedAt: ctx.clock() },
    ]);
    morning();
  });

  test('lets a family wait until the tutor has come, unless they would rather go in', async () => {
    const session = await aSession(rooms);
    await provision(session);
    at(session, -5);
    expect(await join(session, session.client, false)).toMatchObject({ state: 'host_absent' });
    expect(await joins(session)).toEqual([]);
    expect(await join(session, session.office, false)).toMatchObject({ state: 'open' });
    expect(await join(session, session.client, false)).toMatchObject({ state: 'host_absent' });
    expect(await join(session, session.client)).toMatchObject({ state: 'open' });
    await join(session, session.tutor, false);
    expect(await join(session, session.client, false)).toMatchObject({ state: 'open' });
    morning();
  });

  test('says why there is no way in, and writes nothing down', async () => {
    const session = await aSession(rooms);
    at(session, -10.02);
    const opensAt = new Date(session.startsAt.getTime() - 10 * 60_000);
    expect(await join(session, session.client)).toMatchObject({ state: 'too_early', opensAt });
    at(session, 0);
    expect(await join(session, session.client)).toMatchObject({ state: 'pending' });
    server.failNext('unauthorised');
    await provision(session);
    expect(await join(session, session.tutor)).toMatchObject({
      state: 'failed',
      reason: 'Faulty Rooms no longer accepts the API key.',
      wayOut: expect.stringContaining('Reconnect'),
    });
    at(session, 60);
    expect(await join(session, session.client)).toMatchObject({ state: 'ended' });
    expect(await joins(session)).toEqual([]);
    morning();
  });

  test('makes a room that calls nobody at the door, if the queue has not come to it', async () => {
    const session = await aSession();
    at(session, 0);
    expect(await join(session, session.client)).toMatchObject({
      state: 'open',
      url: expect.stringContaining('https://meet.jit.si/lectern-'),
    });
    morning();
  });

  test('leads to where the tutor’s own room is now', async () => {
    const session = await aSession(organisation.installs['meeting-link'], 'https://old.example.com/ana');
    await provision(session);
    at(session, 0);
    await db
      .updateTable('tutor')
      .set({ personalRoomUrl: 'https://new.example.com/ana' })
      .where('id', '=', session.tutorId)
      .execute();
    expect(await join(session, session.client)).toEqual({ state: 'open', url: 'https://new.example.com/ana' });
    await db.updateTable('tutor').set({ personalRoomUrl: null }).where('id', '=', session.tutorId).execute();
    expect(await join(session, session.client)).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('no room of their own'),
    });
    morning();
  });

  test('still leads to a room that was handed out when its provider is switched off', async () => {
    const session = await aSession(rooms);
    await provision(session);
    await changeInstallState(db, ctx, actor, { installId: rooms, state: 'disabled' });
    at(session, 0);
    expect(await join(session, session.client)).toMatchObject({
      state: 'open',
      url: expect.stringContaining('rooms.faulty.example'),
    });
    await changeInstallState(db, ctx, actor, { installId: rooms, state: 'enabled' });
    morning();
  });

  test('is closed to a family whose place was cancelled, and to all when the session was', async () => {
    const session = await aSession();
    await db.updateTable('attendance').set({ outcome: 'late_cancel' }).where('sessionId', '=', session.sessionId).execute();
    at(session, 0);
    expect(await join(session, session.client)).toMatchObject({ state: 'place_cancelled' });
    await db.updateTable('session').set({ status: 'cancelled' }).where('id', '=', session.sessionId).execute();
    expect(await join(session, session.tutor)).toMatchObject({ state: 'cancelled' });
    morning();
  });

  test('names the place of a session in person', async () => {
    const session = await aSession('place');
    at(session, 0);
    expect(await join(session, session.client)).toMatchObject({ state: 'in_person' });
    morning();
  });
});
