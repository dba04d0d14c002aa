import { beforeEach, describe, expect, test } from 'vitest';
import { openTokens, sealTokens } from '#app/plugin-host/account-tokens.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { rotateKeys } from '#app/plugin-host/rotate-keys.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import type { KeyRing } from '#app/plugin-host/sealing.server.ts';
import { plugins } from '#config/plugins.ts';
import { anOrganisation, aTutor } from '#tests/factories/index.ts';
import { plugin as accounts, accountsServer } from '#tests/fakes/meeting-accounts.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const base = testContext(db);
const server = accountsServer(base.clock);
const actor = { userId: null, kind: 'system' } as const;
const { keyRing } = base.config;
const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: accounts })] },
});
/** Each stands for a process. */
const aHost = (ring: KeyRing = keyRing) =>
  createPluginHost({ registry, keyRing: ring, clock: base.clock, log: base.log, fetch: server.fetch });
const ctx = { ...base, plugins: aHost() };

await anOrganisation(db);
await ensureInstalls(db, registry);
const installId = (await ctx.plugins.listInstalls(db)).find((install) => install.pluginId === accounts.id)?.id ?? '';
await saveInstallSettings(db, ctx, actor, { installId, name: 'Accounts', keptSecrets: [], values: server.settings });
await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });

const minutes = (count: number) => new Date(base.clock().getTime() + count * 60_000);

async function aConnection(over: { refresh?: boolean } = {}) {
  const tutor = await aTutor(db, { firstName: 'Ana', lastName: 'Núñez' });
  const { refreshToken, accessToken } = server.connect('ana@accounts.example', ['rooms', 'who']);
  const { id } = await db
    .insertInto('providerConnection')
    .values({
      ...{ installId, tutorId: tutor.id, accountRef: 'id-ana', accountLabel: 'ana@accounts.example', scopes: ['rooms', 'who'] },
      ...{ state: 'expired', connectedAt: base.clock() },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const tokens = sealTokens(keyRing, id, { accessToken, ...(over.refresh === false ? {} : { refreshToken }) });
  await db
    .updateTable('providerConnection')
    .set({ state: 'connected', tokens, expiresAt: minutes(60) })
    .where('id', '=', id)
    .execute();
  return { id, accessToken, refreshToken };
}
const row = (id: string) => db.selectFrom('providerConnection').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const context = async (id: string | null, host = ctx.plugins) =>
  (await host.meetingProvider(db, installId)).context('provision:1', id);
const token = async (id: string | null, rejected?: string, host = ctx.plugins) => (await context(id, host)).accessToken(rejected);

beforeEach(() => base.setNow('2026-03-02T09:00:00Z'));

describe('a tutor’s account', () => {
  test('gives its token for as long as it is good, and another before it ends', async () => {
    const connection = await aConnection();
    expect(await token(connection.id)).toBe(connection.accessToken);
    base.setNow('2026-03-02T09:59:30Z');
    const next = await token(connection.id);
    expect(next).not.toBe(connection.accessToken);
    expect(await token(connection.id)).toBe(next);
    expect((await row(connection.id)).expiresAt).toEqual(minutes(60));
  });

  test('says whose it is', async () => {
    const { id } = await aConnection();
    expect((await context(id)).account).toEqual({ ref: 'id-ana', label: 'ana@accounts.example', scopes: ['rooms', 'who'] });
  });

  test('is refreshed once for thirty callers in five processes, though its refresh token is good for one use', async () => {
    const { id, accessToken } = await aConnection();
    const before = server.seen.refreshes;
    const processes = Array.from({ length: 5 }, () => aHost());
    const given = await Promise.all(
      Array.from({ length: 30 }, (_, number) => token(id, accessToken, processes[number % processes.length])),
    );
    expect(new Set(given).size).toBe(1);
    expect(given[0]).not.toBe(accessToken);
    expect(server.seen.refreshes).toBe(before + 1);
  });

  test('keeps its refresh token where a reply brings none', async () => {
    const { id, refreshToken } = await aConnection();
    const stays = createPluginHost({
      ...{ registry, keyRing, clock: base.clock, log: base.log },
      fetch: async () => Response.json({ access_token: 'canary-next', token_type: 'bearer', expires_in: 60 }),
    });
    base.setNow('2026-03-02T10:30:00Z');
    expect(await token(id, undefined, stays)).toBe('canary-next');
    expect(openTokens(keyRing, id, (await row(id)).tokens ?? '')).toEqual({ accessToken: 'canary-next', refreshToken });
  });

  test('that was taken away at the provider is written down as ended, in words, and not asked about again', async () => {
    const { id } = await aConnection();
    server.endAll();
    base.setNow('2026-03-02T11:00:00Z');
    await expect(token(id)).rejects.toMatchObject({
      code: 'auth_expired',
      publicMessage: 'The connection of Ana Núñez to Accounts has ended. It can be connected again at /tutor/settings.',
    });
    expect(await row(id)).toMatchObject({ state: 'expired', problem: expect.stringContaining('Ana Núñez') });
    const asked = server.seen.refreshes;
    await expect(token(id)).rejects.toMatchObject({ code: 'auth_expired' });
    expect(server.seen.refreshes).toBe(asked);
  });

  test('stays connected while the provider is in trouble', async () => {
    const { id } = await aConnection();
    base.setNow('2026-03-02T11:00:00Z');
    server.seen.down = true;
    await expect(token(id)).rejects.toMatchObject({ code: 'unavailable' });
    server.seen.down = false;
    expect(await row(id)).toMatchObject({ state: 'connected', problem: null });
    expect(await token(id)).toMatch(/^canary-access-/);
  });

  test('without a refresh token ends with its access token', async () => {
    const { id } = await aConnection({ refresh: false });
    base.setNow('2026-03-02T11:00:00Z');
    await expect(token(id)).rejects.toMatchObject({ code: 'auth_expired' });
  });

  test('that is no longer there is never taken for the company’s', async () => {
    const ready = await ctx.plugins.meetingProvider(db, installId);
    expect(() => ready.context('provision:1', '0190a000-0000-7000-8000-000000000000')).toThrow(/no longer connected/);
  });

  test('leaves its tokens neither in a message nor in the log', async () => {
    const { id, accessToken } = await aConnection();
    const ready = await ctx.plugins.meetingProvider(db, installId);
    await ready.context('provision:1', id).accessToken();
    expect(ready.mask(`Bearer ${accessToken}`)).toBe('Bearer •••');
  });
});

describe('the company’s own token', () => {
  test('is fetched once for all processes, and kept sealed', async () => {
    const processes = Array.from({ length: 4 }, () => aHost());
    const given = await Promise.all(Array.from({ length: 12 }, (_, number) => token(null, undefined, processes[number % 4])));
    expect(new Set(given).size).toBe(1);
    expect(server.company.asked).toBe(1);
    const stored = await db.selectFrom('installCredential').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain('canary-company');
  });

  test('is another once it has ended, was refused, or the settings are others', async () => {
    const first = await token(null);
    const second = await token(null, first);
    expect(second).not.toBe(first);
    base.setNow('2026-03-02T12:00:00Z');
    const third = await token(null);
    expect(third).not.toBe(second);
    await saveInstallSettings(db, ctx, actor, { installId, name: 'Accounts', keptSecrets: [], values: server.settings });
    expect(await token(null)).not.toBe(third);
  });
});

test('a new key seals the tokens of tutors and of the company anew, and the old key can go', async () => {
  const { id, accessToken } = await aConnection();
  await token(null);
  const otherKey = { id: 'other', key: Buffer.alloc(32, 9) };
  await rotateKeys(db, [otherKey, ...keyRing]);
  const alone = aHost([otherKey]);
  expect((await row(id)).tokens).toContain('enc:v1:other:');
  expect(await token(id, undefined, alone)).toBe(accessToken);
  const { tokens } = await db.selectFrom('installCredential').select('tokens').executeTakeFirstOrThrow();
  expect(tokens).toContain('enc:v1:other:');
  await rotateKeys(db, [...keyRing, otherKey]);
});
