import { beforeEach, describe, expect, test } from 'vitest';
import { beginConnecting } from '#app/domain/connections/begin-connecting.server.ts';
import { checkConnections } from '#app/domain/connections/check-connections.server.ts';
import { disconnectAccount } from '#app/domain/connections/disconnect-account.server.ts';
import { finishConnecting } from '#app/domain/connections/finish-connecting.server.ts';
import { listConnections } from '#app/domain/connections/queries.server.ts';
import { revokeAccess } from '#app/domain/connections/revoke-access.server.ts';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { archiveRecord } from '#app/domain/people/archive-record.server.ts';
import { setTutorStatus } from '#app/domain/people/set-tutor-status.server.ts';
import { erasePerson } from '#app/domain/privacy/erase-person.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { listSlots } from '#app/domain/scheduling/list-slots.server.ts';
import { rescheduleSession } from '#app/domain/scheduling/reschedule-session.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { plugins } from '#config/plugins.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { plugin as accounts, accountsServer } from '#tests/fakes/meeting-accounts.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const base = testContext(db);
const server = accountsServer(base.clock);
const actor = { userId: null, kind: 'system' } as const;
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: accounts })] },
});
const host = createPluginHost({
  ...{ registry, keyRing: base.config.keyRing, clock: base.clock, log: base.log, fetch: server.fetch },
});
const ctx = { ...base, plugins: host };

await anOrganisation(db, { meeting: 'meeting-jitsi' });
await ensureInstalls(db, registry);
const installId = (await host.listInstalls(db)).find((install) => install.pluginId === accounts.id)?.id ?? '';
await saveInstallSettings(db, ctx, actor, { installId, name: 'Accounts', keptSecrets: [], values: server.settings });
await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
const subject = await aSubject(db);
const program = await aProgram(db);
await aRate(db);
const student = await aStudent(db, { clientId: (await aClient(db)).id });
const anAna = (over: Parameters<typeof aTutor>[1] = {}) =>
  aTutor(db, { firstName: 'Ana', lastName: 'Núñez', email: 'ana@harbour.test', subjectIds: [subject.id], ...over });

type Consent = Parameters<typeof server.consent>[1];
const browser = 'a-browser';
const begin = (tutorId: string) => beginConnecting(db, ctx, { installId, tutorId, signInSessionId: browser });
const finish = (tutorId: string, back: URL, signInSessionId = browser) =>
  finishConnecting(db, ctx, actor, { installId, tutorId, signInSessionId, parameters: back.searchParams });
async function connect(tutorId: string, consent: Partial<Consent> = {}) {
  return finish(tutorId, server.consent(String(await begin(tutorId)), { account: 'ana@accounts.example', ...consent }));
}
const row = (tutorId: string) =>
  db.selectFrom('providerConnection').selectAll().where('tutorId', '=', tutorId).executeTakeFirst();
const audited = async (tutorId: string) =>
  (await db.selectFrom('auditLog').select('action').where('subjectId', '=', tutorId).orderBy('id').execute()).map(
    ({ action }) => action,
  );
const revokeJobs = () => ctx.jobs.flatMap((job) => (job.name === 'connection.revoke' ? [job.data] : []));

let hour = 0;
function book(tutorId: string, over: { meetingInstallId?: string; wallStart?: string } = {}) {
  hour += 1;
  return bookSession(db, ctx, actor, {
    ...{ tutorId, studentIds: [student.id], programId: program.id, subjectId: subject.id, location: '', billable: true },
    ...{
      durationMinutes: 60,
      mode: 'online',
      wallStart: `2026-03-${10 + Math.floor(hour / 10)}T${String(8 + (hour % 10)).padStart(2, '0')}:00`,
    },
    ...{ meetingInstallId: installId, ...over },
  });
}

beforeEach(() => {
  base.setNow('2026-03-02T09:00:00Z');
  ctx.jobs.length = 0;
});

describe('connecting an account', () => {
  test('keeps it sealed, says whose it is, and is in the tutor’s history', async () => {
    const tutor = await anAna();
    expect(await connect(tutor.id)).toMatchObject({
      accountLabel: 'ana@accounts.example',
      installName: 'Accounts',
      problem: null,
    });
    expect(await listConnections(db, ctx.clock(), { tutorId: tutor.id })).toMatchObject([
      { installName: 'Accounts', accountLabel: 'ana@accounts.example', state: 'connected', scopes: ['rooms', 'who'] },
    ]);
    const stored = JSON.stringify([await row(tutor.id), await db.selectFrom('oauthRequest').selectAll().execute()]);
    expect(stored).not.toContain('canary');
    expect(await audited(tutor.id)).toContain('provider.connect');
  });

  test('asks the provider for what it says it asks for, and with PKCE', async () => {
    const tutor = await anAna();
    const asked = (await begin(tutor.id)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      ...{ response_type: 'code', client_id: 'app-1', scope: 'rooms who', code_challenge_method: 'S256', prompt: 'consent' },
      redirect_uri: `http://lectern.test/oauth/p/${installId}`,
    });
    expect(asked.get('state')).toMatch(/^[\w-]{43}$/);
  });

  test('counts once, in the browser that began it, for the tutor who began it, and for a quarter of an hour', async () => {
    const [ana, other] = [await anAna(), await anAna()];
    const back = server.consent(String(await begin(ana.id)), { account: 'ana@accounts.example' });
    await expect(finish(ana.id, back, 'another-browser')).rejects.toMatchObject({ code: 'conflict' });
    await expect(finish(other.id, back)).rejects.toMatchObject({ code: 'conflict' });
    await finish(ana.id, back);
    await expect(finish(ana.id, back)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('used already'),
    });
    const late = server.consent(String(await begin(other.id)), { account: 'other@accounts.example' });
    base.setNow('2026-03-02T09:16:00Z');
    await expect(finish(other.id, late)).rejects.toMatchObject({ code: 'conflict' });
    expect(await row(other.id)).toBeUndefined();
  });

  test('takes an answer that says who gave it from whoever the tutor was sent to, and from nobody else', async () => {
    const tutor = await anAna();
    for (const [iss, taken] of [
      ['https://accounts.evil', false],
      ['nobody', false],
      ['https://api.accounts.example', true],
      ['https://api.accounts.example/of/us', true],
    ] as const) {
      const back = server.consent(String(await begin(tutor.id)), { account: 'ana@accounts.example' });
      back.searchParams.set('iss', iss);
      const done = finish(tutor.id, back);
      if (taken) await expect(done).resolves.toMatchObject({ accountLabel: 'ana@accounts.example' });
      else await expect(done).rejects.toMatchObject({ code: 'provider_not_connected' });
    }
  });

  test('that was not allowed changes nothing, and says so', async () => {
    const tutor = await anAna();
    await connect(tutor.id);
    const before = await row(tutor.id);
    await expect(connect(tutor.id, { deny: true })).rejects.toMatchObject({
      message: 'You did not allow the use of your Accounts account. Nothing was changed.',
    });
    expect(await row(tutor.id)).toEqual(before);
  });

  test('with a box left unticked names what is missing, and the account is not used', async () => {
    const tutor = await anAna();
    expect(await connect(tutor.id, { scopes: ['who'] })).toMatchObject({
      problem: expect.stringContaining('“Makes the rooms of your sessions.”'),
    });
    expect(await row(tutor.id)).toMatchObject({ state: 'scope_missing', scopes: ['who'] });
    await expect(book(tutor.id)).rejects.toMatchObject({ message: expect.stringContaining('has not allowed Accounts all') });
  });

  test('while the provider is in trouble says to try again', async () => {
    const tutor = await anAna();
    const back = server.consent(String(await begin(tutor.id)), { account: 'ana@accounts.example' });
    server.seen.down = true;
    await expect(finish(tutor.id, back)).rejects.toMatchObject({
      message: expect.stringContaining('Try again in a few minutes'),
    });
    server.seen.down = false;
  });

  test('is not begun where nobody connects anything, nor at one that is switched off', async () => {
    const tutor = await anAna();
    const jitsi = (await host.listInstalls(db)).find(({ pluginId }) => pluginId === 'meeting-jitsi')?.id ?? '';
    const at = (id: string) => beginConnecting(db, ctx, { installId: id, tutorId: tutor.id, signInSessionId: browser });
    await expect(at(jitsi)).rejects.toMatchObject({ code: 'not_found' });
    await changeInstallState(db, ctx, actor, { installId, state: 'disabled' });
    await expect(at(installId)).rejects.toMatchObject({ code: 'provider_not_connected' });
    await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
  });
});

describe('a provider that needs the tutor’s account', () => {
  const refusal = {
    code: 'provider_not_connected',
    field: 'meetingInstallId',
    message: 'Ana has not connected Accounts yet. Ana can do it at /tutor/settings; until then choose another provider.',
  };

  test('is refused at booking for a tutor who has not connected it, with what to do', async () => {
    const tutor = await anAna();
    await expect(book(tutor.id)).rejects.toMatchObject(refusal);
    await connect(tutor.id);
    await expect(book(tutor.id)).resolves.toMatchObject({ sessionId: expect.any(String) });
  });

  test('is refused when a session goes to a tutor who has not connected it', async () => {
    const [ana, substitute] = [await anAna(), await anAna({ firstName: 'Tom' })];
    await connect(ana.id);
    const { sessionId } = await book(ana.id);
    const { version } = await db.selectFrom('session').select('version').where('id', '=', sessionId).executeTakeFirstOrThrow();
    await expect(
      rescheduleSession(db, ctx, actor, {
        ...{ sessionId, version, tutorId: substitute.id, wallStart: '2026-03-20T10:00', durationMinutes: 60 },
      }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('Tom has not connected Accounts yet.'),
    });
  });

  test('offers no times of tutors who have not connected it', async () => {
    const [ana, other] = [await anAna(), await anAna()];
    await connect(ana.id);
    const slots = await listSlots(db, ctx, {
      ...{ tutorIds: [ana.id, other.id], programId: program.id, mode: 'online', meetingInstallId: installId, by: 'office' },
      ...{ durationMinutes: 60, fromDate: '2026-04-01', toDate: '2026-04-02' },
    });
    expect(new Set(slots.map((slot) => slot.tutorId))).toEqual(new Set([ana.id]));
  });

  test('makes up for rooms that could not be made once it is connected again', async () => {
    const tutor = await anAna();
    await connect(tutor.id);
    const { sessionId } = await book(tutor.id);
    server.endAll();
    base.setNow('2026-03-02T11:00:00Z');
    await provisionMeeting(ctx, { sessionId });
    const meeting = () => db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
    expect(await meeting()).toMatchObject({ state: 'failed', errorCode: 'auth_expired' });
    await connect(tutor.id);
    expect(ctx.jobs).toContainEqual({ name: 'meeting.provision', data: { sessionId } });
    await provisionMeeting(ctx, { sessionId });
    expect(await meeting()).toMatchObject({ state: 'ready' });
  });
});

describe('giving an account up', () => {
  test('keeps no token, tells the provider, and is harmless to repeat', async () => {
    const tutor = await anAna();
    const { connectionId } = await connect(tutor.id);
    await disconnectAccount(db, ctx, actor, { connectionId, tutorId: tutor.id });
    await disconnectAccount(db, ctx, actor, { connectionId, tutorId: tutor.id });
    expect(await row(tutor.id)).toMatchObject({ state: 'disconnected', tokens: null, scopes: [] });
    expect(await listConnections(db, ctx.clock(), { tutorId: tutor.id })).toEqual([]);
    const jobs = revokeJobs();
    expect(JSON.stringify(jobs)).not.toContain('canary');
    const before = server.seen.revoked.length;
    for (const job of jobs) await revokeAccess(ctx, job);
    expect(server.seen.revoked.slice(before)).toEqual([
      expect.stringMatching(/^canary-refresh/),
      expect.stringMatching(/^canary-access/),
    ]);
    expect((await audited(tutor.id)).filter((action) => action === 'provider.disconnect')).toHaveLength(1);
  });

  test('is tried again while the provider is in trouble, and not where there is nobody to tell', async () => {
    const tutor = await anAna();
    const { connectionId } = await connect(tutor.id);
    await disconnectAccount(db, ctx, actor, { connectionId, tutorId: tutor.id });
    const [job] = revokeJobs();
    if (!job) throw new Error('nothing to revoke');
    server.seen.down = true;
    await expect(revokeAccess(ctx, job)).rejects.toMatchObject({ code: 'unavailable' });
    server.seen.down = false;
    await changeInstallState(db, ctx, actor, { installId, state: 'disabled' });
    await expect(revokeAccess(ctx, job)).resolves.toBeUndefined();
    await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });
  });

  test('is nobody else’s to do', async () => {
    const [ana, other] = [await anAna(), await anAna()];
    const { connectionId } = await connect(ana.id);
    await expect(disconnectAccount(db, ctx, actor, { connectionId, tutorId: other.id })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await row(ana.id)).toMatchObject({ state: 'connected' });
  });

  test('happens by itself when a tutor leaves, is archived or is erased', async () => {
    const [left, archived, erased] = [await anAna(), await anAna(), await anAna({ email: 'gone@harbour.test' })];
    for (const tutor of [left, archived, erased]) await connect(tutor.id);
    await setTutorStatus(db, ctx, actor, { ids: [left.id], status: 'left' });
    await archiveRecord(db, ctx, actor, { kind: 'tutor', id: archived.id });
    const { ref } = await db.selectFrom('tutor').select('ref').where('id', '=', erased.id).executeTakeFirstOrThrow();
    await erasePerson(db, ctx, actor, { kind: 'tutor', id: erased.id, confirm: ref });
    expect(await row(left.id)).toMatchObject({ state: 'disconnected', tokens: null });
    expect(await row(archived.id)).toMatchObject({ state: 'disconnected', tokens: null });
    expect(await row(erased.id)).toBeUndefined();
    expect(revokeJobs()).toHaveLength(6);
  });
});

describe('an account in trouble', () => {
  const mails = () =>
    db.selectFrom('mailMessage').select(['toAddress', 'data']).where('template', '=', 'connection-ended').orderBy('id').execute();
  const tasks = (tutorId: string) =>
    db
      .selectFrom('task')
      .select(['body', 'doneAt'])
      .where('event', '=', 'connection_ended')
      .where('tutorId', '=', tutorId)
      .execute();

  test('is found before the next session and told of once, to the tutor and the office; connecting it again settles it', async () => {
    const tutor = await anAna({ email: 'ended@harbour.test' });
    await connect(tutor.id);
    await book(tutor.id, { wallStart: '2026-03-04T15:00' });
    server.endAll();
    base.setNow('2026-03-02T12:00:00Z');
    await checkConnections(ctx);
    await checkConnections(ctx);
    expect((await mails()).filter((mail) => mail.toAddress === 'ended@harbour.test')).toMatchObject([
      { data: { what: 'expired', provider: 'Accounts', nextAt: '2026-03-04T15:00:00.000Z' } },
    ]);
    expect(await tasks(tutor.id)).toMatchObject([{ body: expect.stringContaining('has ended'), doneAt: null }]);
    await connect(tutor.id);
    expect(await tasks(tutor.id)).toMatchObject([{ doneAt: expect.any(Date) }]);
  });

  test('that soon ends is told of some days before, and again when it has ended', async () => {
    const tutor = await anAna({ email: 'soon@harbour.test' });
    await connect(tutor.id);
    await db
      .updateTable('providerConnection')
      .set({ refreshExpiresAt: new Date('2026-03-07T09:00:00Z') })
      .where('tutorId', '=', tutor.id)
      .execute();
    const told = async () => (await mails()).filter((mail) => mail.toAddress === 'soon@harbour.test').length;
    await checkConnections(ctx);
    expect(await told()).toBe(0);
    base.setNow('2026-03-04T10:00:00Z');
    await checkConnections(ctx);
    await checkConnections(ctx);
    expect(await told()).toBe(1);
    await db
      .updateTable('providerConnection')
      .set({ state: 'expired', problem: 'It has ended.', toldAt: null })
      .where('tutorId', '=', tutor.id)
      .execute();
    await checkConnections(ctx);
    expect(await told()).toBe(2);
  });
});
