import { describe, expect, test } from 'vitest';
import { planMeeting } from '#app/domain/meetings/plan-meeting.server.ts';
import { listClosedGates } from '#app/domain/meetings/provider-gate.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { cancelSession } from '#app/domain/scheduling/cancel-session.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { plugins } from '#config/plugins.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { apiKey, type Fault, faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { meetingWork } from '#tests/setup/meeting-work.ts';

const { db } = await testDatabase();
const server = faultyServer();
const base = testContext(db, { now: '2026-03-02T09:00:00Z' });
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: faulty })] },
});
const options = { registry, keyRing: base.config.keyRing, clock: base.clock, log: base.log, fetch: server.fetch };
const host = createPluginHost(options);
/** For a provider that says nothing: nobody wants to wait for it here. */
const impatient = createPluginHost({ ...options, deadlineMs: 20 });
const actor = { userId: null, kind: 'system' } as const;

const { ctx, work, waiting } = meetingWork(base, host);

await anOrganisation(db, { meeting: 'meeting-jitsi' });
await ensureInstalls(db, registry);
const rooms = (await host.listInstalls(db, 'meeting')).find((install) => install.pluginId === 'meeting-faulty')?.id ?? '';
await saveInstallSettings(db, ctx, actor, {
  ...{ installId: rooms, name: 'Rooms', keptSecrets: [] },
  values: { apiKey, region: 'eu', seats: 10, lobby: true },
});
await changeInstallState(db, ctx, actor, { installId: rooms, state: 'enabled' });
const subject = await aSubject(db);
const program = await aProgram(db, { capacity: 5 });
const { id: clientId } = await aClient(db);
const { id: studentId } = await aStudent(db, { clientId });
const { id: tutorId } = await aTutor(db, { subjectIds: [subject.id] });
await aRate(db);

let hour = 0;
/** Another hour of the week after next, in the order of the calls. */
function nextHour(): string {
  hour += 1;
  const day = String(16 + Math.floor(hour / 10)).padStart(2, '0');
  return `2026-03-${day}T${String(8 + (hour % 10)).padStart(2, '0')}:00`;
}

async function book(): Promise<string> {
  const { sessionId } = await bookSession(db, ctx, actor, {
    ...{ tutorId, studentIds: [studentId], programId: program.id, subjectId: subject.id, wallStart: nextHour() },
    ...{ durationMinutes: 60, mode: 'online', billable: true, meetingInstallId: rooms },
  });
  return sessionId;
}

const meetingOf = (sessionId: string) =>
  db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();

async function move(sessionId: string): Promise<string> {
  const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
  const wallStart = nextHour();
  await rescheduleSession(db, ctx, actor, { sessionId, version, wallStart, durationMinutes: 60 });
  return `${wallStart}:00.000Z`;
}

describe('while a provider is in trouble nothing fails but the room, and all is mended after its return without a hand', () => {
  const faults: [string, Fault][] = [
    ['down', 'unavailable'],
    ['limited', 'rate_limited'],
    ['acting, its answers lost', 'reply_lost'],
    ['acting, and silent', 'silent'],
    ['answering with pages', 'html'],
    ['answering by half', 'half'],
    ['answering 10 MB and more', 'huge'],
    ['answering something else', 'malformed'],
  ];
  test.each(faults)('%s', async (_, fault) => {
    const [moved, cancelled] = [await book(), await book()];
    await work(1);
    const { ref } = await meetingOf(moved);
    const there = server.rooms().length;

    server.failAlways(fault);
    if (fault === 'silent') ctx.plugins = impatient;
    const booked = await book();
    const startsAt = await move(moved);
    await cancelSession(db, ctx, actor, { sessionId: cancelled, by: 'office', reason: 'ill' });
    const calls = server.calls.length;
    await work(20);
    expect(await meetingOf(booked)).toMatchObject({ state: expect.stringMatching(/pending|failed/), error: expect.any(String) });
    // Three things to be done, over twenty minutes: it is left alone.
    expect(server.calls.length - calls).toBeLessThan(40);

    server.failAlways(undefined);
    ctx.plugins = host;
    await work(11);
    expect(await meetingOf(booked)).toMatchObject({ state: 'ready', error: null, unsure: false });
    expect(await meetingOf(moved)).toMatchObject({ state: 'ready', ref });
    expect(server.startOf(ref ?? '')).toBe(startsAt);
    expect(await meetingOf(cancelled)).toMatchObject({ state: 'released', data: {} });
    // One more for the session that was booked, one less for that which was cancelled.
    expect(server.rooms()).toHaveLength(there);
    expect(await listClosedGates(db, ctx.clock())).toEqual([]);
  });
});

describe('one room', () => {
  test('is made by two jobs at once, and nothing is left of a plan that changed meanwhile', async () => {
    const sessionId = await book();
    await db.transaction().execute((trx) => planMeeting(trx, ctx, { sessionId, installId: rooms }));
    const there = server.rooms().length;
    await Promise.all([1, 2, 3].map(() => provisionMeeting(ctx, { sessionId })));
    await work(1);
    expect(server.rooms()).toHaveLength(there + 1);
  });

  test('is found again when the process that made it died before writing it down', async () => {
    const sessionId = await book();
    waiting.length = 0;
    const there = server.rooms().length;
    const dying = { ...ctx, plugins: { ...host, meetingProvider: dyingProvider } };
    await expect(provisionMeeting(dying, { sessionId })).rejects.toThrow('killed');
    const claimedUntil = new Date(ctx.clock().getTime() + 60_000);
    await db.updateTable('meeting').set({ claimedUntil }).where('sessionId', '=', sessionId).execute();
    expect(server.rooms()).toHaveLength(there + 1);
    await work(6);
    expect(await meetingOf(sessionId)).toMatchObject({ state: 'ready' });
    expect(server.rooms()).toHaveLength(there + 1);
  });

  test('that may have been made is given up too when the session is cancelled', async () => {
    const sessionId = await book();
    const there = server.rooms().length;
    server.failNext('reply_lost');
    await provisionMeeting(ctx, { sessionId });
    expect(server.rooms()).toHaveLength(there + 1);
    await cancelSession(db, ctx, actor, { sessionId, by: 'office', reason: 'ill' });
    await work(2);
    expect(server.rooms()).toHaveLength(there);
  });
});

/** The provider acts, and the process ends before it has heard. */
const dyingProvider: typeof host.meetingProvider = async (...args) => {
  const ready = await host.meetingProvider(...args);
  const provision: typeof ready.provider.provision = async (...call) => {
    await ready.provider.provision(...call);
    throw new Error('killed');
  };
  const mask = () => {
    throw new Error('killed');
  };
  return { ...ready, mask, provider: { ...ready.provider, provision } };
};
