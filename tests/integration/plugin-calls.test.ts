import { expect, test } from 'vitest';
import { CALLS_KEPT_DAYS, forgetPluginCalls } from '#app/domain/meetings/forget-plugin-calls.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { listPluginCalls } from '#app/plugin-host/plugin-calls.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import { plugins } from '#config/plugins.ts';
import { anOrganisation } from '#tests/factories/index.ts';
import { apiKey, faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const server = faultyServer();
const base = testContext(db, { now: '2026-03-02T09:00:00Z' });
const registry = await loadPlugins({ manifest: { ...plugins, meeting: [async () => ({ plugin: faulty })] } });
const host = createPluginHost({ ...base, registry, keyRing: base.config.keyRing, fetch: server.fetch });
const ctx = { ...base, plugins: host };
const actor = { userId: null, kind: 'system' } as const;
await anOrganisation(db);
await ensureInstalls(db, registry);
const installId = (await host.listInstalls(db, 'meeting')).find((install) => install.pluginId === 'meeting-faulty')?.id ?? '';
await saveInstallSettings(db, ctx, actor, { installId, name: 'Rooms', keptSecrets: [], values: { apiKey, seats: 10 } });
await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });

const make = async () => {
  const { provider, context } = await host.meetingProvider(db, installId);
  const want = { code: 'a-code', startsAt: ctx.clock(), endsAt: ctx.clock() } as never;
  return provider.provision(context('provision:s1'), want, { ref: null, joinUrl: null });
};

test('what a plugin asks of its provider and hears can be read afterwards, without its secrets', async () => {
  await make();
  server.failNext('unauthorised');
  await make().catch(() => undefined);
  const [refused, made, looked] = await listPluginCalls(db, installId, 10);
  expect(made).toMatchObject({ effect: 'provision:s1', method: 'POST', status: 201, url: 'https://api.faulty.example/rooms' });
  expect(made?.request).toContain('"code":"a-code"');
  expect(made?.response).toContain('https://rooms.faulty.example/');
  expect(looked).toMatchObject({ method: 'GET', status: 404 });
  expect(refused).toMatchObject({ status: 401, response: '{"message":"the key ••• was revoked"}' });
  expect(JSON.stringify(await db.selectFrom('pluginCall').selectAll().execute())).not.toContain(apiKey);
});

test('a call that can’t be written down is made all the same', async () => {
  const { provider, context } = await host.meetingProvider(db, installId);
  await db.deleteFrom('pluginInstall').where('id', '=', installId).execute();
  await expect(provider.release(context('release:s1'), { ref: 'room-1', joinUrl: null })).resolves.toBeUndefined();
});

test('they are forgotten after a week', async () => {
  const install = await db.selectFrom('pluginInstall').select('id').executeTakeFirstOrThrow();
  const day = 86_400_000;
  for (const days of [CALLS_KEPT_DAYS - 1, CALLS_KEPT_DAYS + 1]) {
    const at = new Date(ctx.clock().getTime() - days * day);
    await db
      .insertInto('pluginCall')
      .values({ installId: install.id, at, effect: `${days}`, method: 'GET', url: 'https://a.example', ms: 1 })
      .execute();
  }
  await forgetPluginCalls(db, ctx);
  expect((await listPluginCalls(db, install.id, 10)).map((call) => call.effect)).toEqual([`${CALLS_KEPT_DAYS - 1}`]);
});
