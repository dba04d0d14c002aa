import { describe, expect, test } from 'vitest';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { getDescription } from '#app/plugin-host/declared/queries.server.ts';
import { removeDescription } from '#app/plugin-host/declared/remove-description.server.ts';
import { type SavedDescription, saveDescription } from '#app/plugin-host/declared/save-description.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { listPluginCalls } from '#app/plugin-host/plugin-calls.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { acmeDescription } from '#tests/fakes/acme-description.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const asked: string[] = [];
const fetch = async (url: URL, init: RequestInit) => {
  asked.push(`${init.method} ${url.href} ${new Headers(init.headers).get('x-key')}`);
  return Response.json({ id: 'room-1', url: 'https://acme.example/room-1' });
};
const base = testContext(db, { now: '2026-03-02T09:00:00Z' });
const registry = await loadPlugins();
/** As two processes have them: each with what it has seen. */
const [here, elsewhere] = [1, 2].map(() => createPluginHost({ ...base, registry, keyRing: base.config.keyRing, fetch }));
if (!here || !elsewhere) throw new Error('no hosts');
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const actor = { userId: admin.id, kind: 'user' } as const;

const save = (source: string, known?: { id: string; version: number }) =>
  saveDescription(db, { plugins: here }, actor, { source, ...(known ? { known } : {}) });
const saved = (answer: SavedDescription) => {
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  return answer;
};
const provision = async (plugins: typeof here, installId: string) => {
  const { provider, context } = await plugins.meetingProvider(db, installId);
  return provider.provision(context('provision:s1'), { code: 'abc', title: 'Algebra' } as never, { ref: null, joinUrl: null });
};

describe('a provider described at the settings', () => {
  let installId = '';

  test('is set up like any other, and used by every process without a restart', async () => {
    ({ installId } = saved(await save(acmeDescription)));
    expect(await elsewhere.findInstall(db, installId)).toMatchObject({ name: 'Acme Rooms', state: 'disabled' });
    const settings = { installId, name: 'Acme Rooms', keptSecrets: [], values: { apiKey: 'canary-acme' } };
    expect(await saveInstallSettings(db, { ...base, plugins: here }, actor, settings)).toMatchObject({ ok: true });
    await changeInstallState(db, { plugins: here }, actor, { installId, state: 'enabled' });
    expect(await provision(elsewhere, installId)).toEqual({
      state: 'ready',
      ref: 'room-1',
      joinUrl: 'https://acme.example/room-1',
    });
    expect(asked).toEqual(['PUT https://api.acme.example/v1/rooms/abc canary-acme']);
    expect(await listPluginCalls(db, installId, 5)).toMatchObject([
      { method: 'PUT', status: 200, request: '{"title":"Algebra"}' },
    ]);
  });

  test('saved twice, as by a double click, is there once', async () => {
    expect(saved(await save(acmeDescription)).installId).toBe(installId);
    expect(await getDescription(db, 'meeting-acme', base.clock())).toMatchObject({ version: 1, sessionsToCome: 0 });
  });

  test('changed, is used as it is now, by every process', async () => {
    const changed = acmeDescription.replace('PUT /rooms/', 'POST /spaces/');
    saved(await save(changed, { id: 'meeting-acme', version: 1 }));
    await provision(elsewhere, installId);
    expect(asked.at(-1)).toBe('POST https://api.acme.example/v1/spaces/abc canary-acme');
  });

  test('that needs another setting now is degraded, and says which', async () => {
    const changed = acmeDescription.replace('settings:\n', 'settings:\n  region: { type: text, title: Region }\n');
    saved(await save(changed, { id: 'meeting-acme', version: 2 }));
    expect(await elsewhere.findInstall(db, installId)).toMatchObject({
      state: 'degraded',
      problem: expect.stringContaining('Region is needed.'),
    });
    saved(await save(acmeDescription, { id: 'meeting-acme', version: 3 }));
    expect(await elsewhere.findInstall(db, installId)).toMatchObject({ state: 'enabled' });
  });

  test('changed by two, the second is told', async () => {
    const stale = save(acmeDescription.replace('Acme Rooms', 'Acme'), { id: 'meeting-acme', version: 2 });
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
  });

  test('keeps its id, which rooms refer to, and takes nobody else’s', async () => {
    const other = acmeDescription.replace('meeting-acme', 'meeting-other');
    expect(await save(other, { id: 'meeting-acme', version: 4 })).toMatchObject({ ok: false, problems: [{ at: 'id' }] });
    expect(await save(acmeDescription.replace('1.0.0', '1.0.1'))).toMatchObject({ ok: false, problems: [{ at: 'id' }] });
    const jitsi = await save(acmeDescription.replace('meeting-acme', 'meeting-jitsi'));
    expect(jitsi).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('is taken by config/plugins.ts') }] });
  });

  test('with a mistake is not saved, and says where it is', async () => {
    const answer = await save(acmeDescription.replace('ref: reply.id', 'ref: reply'.concat('.')));
    expect(answer).toMatchObject({ ok: false, problems: [{ line: 13, at: 'create.reply.ref' }] });
  });

  test('taken away, is orphaned in every process; described again, it is back', async () => {
    await removeDescription(db, actor, { id: 'meeting-acme' });
    await removeDescription(db, actor, { id: 'meeting-acme' });
    expect(await elsewhere.findInstall(db, installId)).toMatchObject({ state: 'orphaned', usable: false });
    await expect(provision(elsewhere, installId)).rejects.toMatchObject({ code: 'unsupported' });
    expect(saved(await save(acmeDescription)).installId).toBe(installId);
    expect(await elsewhere.findInstall(db, installId)).toMatchObject({ state: 'enabled' });
  });

  test('leaves in the log who did what, and not the text', async () => {
    const log = await db.selectFrom('auditLog').select(['action', 'actorUserId']).where('subjectId', '=', installId).execute();
    expect(log.map((line) => line.action)).toContain('plugin.describe');
    expect(log.filter((line) => line.action === 'plugin.undescribe')).toHaveLength(1);
    expect(log.every((line) => line.actorUserId === admin.id)).toBe(true);
  });
});
