import { describe, expect, test } from 'vitest';
import { addInstall } from '#app/plugin-host/add-install.server.ts';
import { bootPlugins } from '#app/plugin-host/boot-plugins.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { checkInstall } from '#app/plugin-host/check-install.server.ts';
import { chooseDefaultInstall } from '#app/plugin-host/choose-default-install.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { getInstallPage, listPlugins } from '#app/plugin-host/install-page.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { rotateKeys } from '#app/plugin-host/rotate-keys.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import type { KeyRing } from '#app/plugin-host/sealing.server.ts';
import type { Registry } from '#app/plugin-host/types.ts';
import { plugins } from '#config/plugins.ts';
import type { PlaceSnapshot } from '#plugins/contract/index.ts';
import { anOrganisation } from '#tests/factories/index.ts';
import { apiKey, faultyServer } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const base = testContext(db);
const actor = { userId: null, kind: 'system' } as const;
const { keyRing } = base.config;
const otherKey = { id: 'other', key: Buffer.alloc(32, 9) };

const registry = await loadPlugins({
  manifest: { ...plugins, meeting: [...plugins.meeting, async () => ({ plugin: faulty })] },
});
const server = faultyServer();
const hostOf = (over: { registry?: Registry; keyRing?: KeyRing } = {}) =>
  createPluginHost({ registry, keyRing, clock: base.clock, log: base.log, fetch: server.fetch, ...over });
const ctx = { ...base, plugins: hostOf() };

const organisation = await anOrganisation(db);
await ensureInstalls(db, registry);
const faultyId = await idOf('meeting-faulty');
const full = { apiKey, region: 'us', seats: 12, lobby: false };

async function idOf(pluginId: string): Promise<string> {
  const install = (await ctx.plugins.listInstalls(db)).find((candidate) => candidate.pluginId === pluginId);
  if (!install) throw new Error(`${pluginId} has no install`);
  return install.id;
}
const save = (values: Record<string, unknown>, over: { keptSecrets?: string[]; name?: string; installId?: string } = {}) =>
  saveInstallSettings(db, ctx, actor, { installId: faultyId, name: 'Rooms', keptSecrets: [], values, ...over });
const stored = async (installId = faultyId) =>
  db.selectFrom('pluginInstall').selectAll().where('id', '=', installId).executeTakeFirstOrThrow();
const bootMessage = (options: { registry: Registry; keyRing: KeyRing }) =>
  bootPlugins(db, options).then(
    () => 'it booted',
    (error: Error) => error.message,
  );

describe('installs', () => {
  test('every plugin has one, enabled where it needs no settings and disabled where it does', async () => {
    const installs = await ctx.plugins.listInstalls(db);
    expect(Object.fromEntries(installs.map((install) => [install.pluginId, install.savedState]))).toMatchObject({
      'billing-credits': 'enabled',
      'billing-invoicing': 'enabled',
      'billing-none': 'enabled',
      'billing-subscription': 'disabled',
      'meeting-jitsi': 'enabled',
      'meeting-link': 'enabled',
      'payment-stripe': 'disabled',
      'payroll-csv': 'enabled',
      'meeting-in-person': 'enabled',
      'meeting-faulty': 'disabled',
    });
  });

  test('are made once, however many processes start together', async () => {
    const before = (await ctx.plugins.listInstalls(db)).length;
    await Promise.all([1, 2, 3, 4].map(() => ensureInstalls(db, registry)));
    expect(await ctx.plugins.listInstalls(db)).toHaveLength(before);
  });

  test('of one plugin can be several, the further ones disabled until they are set up', async () => {
    const { id } = await addInstall(db, ctx, actor, { pluginId: 'billing-credits' });
    expect(await ctx.plugins.findInstall(db, id)).toMatchObject({ name: 'Credits 2', savedState: 'disabled', usable: false });
    expect(await ctx.plugins.billingInstallPaying(db, 'credits')).toBe(organisation.installs['billing-credits']);
  });
});

describe('saved settings', () => {
  test('hold no secret in the database, on the page or in the audit log', async () => {
    expect(await save(full)).toEqual({ ok: true });
    const page = await getInstallPage(db, ctx.plugins, faultyId, 'http://lectern.test');
    const log = await db.selectFrom('auditLog').selectAll().where('subjectId', '=', faultyId).execute();
    const everything = JSON.stringify([await stored(), page, log, await listPlugins(db, ctx.plugins)], (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    expect(everything).not.toContain(apiKey);
    expect(log.at(-1)).toMatchObject({ action: 'plugin.settings', after: { apiKey: '·', seats: 12 } });
    expect(page).toMatchObject({ values: { region: 'us', seats: 12, lobby: false }, savedSecrets: ['apiKey'] });
    expect(JSON.stringify(page)).not.toContain('enc:v1');
  });

  test('keep a secret whose field was left empty', async () => {
    await save(full);
    expect(await save({ region: 'eu', seats: 3, lobby: true }, { keptSecrets: ['apiKey'] })).toEqual({ ok: true });
    await changeInstallState(db, ctx, actor, { installId: faultyId, state: 'enabled' });
    const { mask } = await ctx.plugins.meetingProvider(db, faultyId);
    expect(mask(apiKey)).toBe('•••');
    await changeInstallState(db, ctx, actor, { installId: faultyId, state: 'disabled' });
  });

  test('that are refused come back with a reason at each field, and nothing is saved', async () => {
    await save(full);
    const before = await stored();
    expect(await save({ region: 'mars', seats: 'ten', lobby: true }, { name: ' ' })).toEqual({
      ok: false,
      errors: {
        name: 'Give it a name.',
        apiKey: 'API key is needed.',
        region: expect.stringContaining('"eu"'),
        seats: 'Enter a number.',
      },
    });
    expect(await save({ ...full, seats: 51 })).toMatchObject({ ok: false, errors: { seats: expect.stringContaining('50') } });
    expect(await stored()).toEqual(before);
  });

  test('are seen at the next use, in every process', async () => {
    const credits = organisation.installs['billing-credits'];
    const here = hostOf();
    const place: PlaceSnapshot = {
      attendanceId: 'a',
      revision: 1,
      billable: true,
      state: 'booked',
      outcome: 'planned',
      plannedMinutes: 45,
      minutes: null,
      chargePercent: null,
      fee: null,
      creditsAvailable: 100_000n,
      mayRefuse: true,
    };
    const held = async () => (await here.billingMode(db, credits)).assess(place).targets.hold;
    expect(await held()).toBe(100n);
    const values = { unit: 'minutes', overdraft: 'refuse' };
    expect(await save(values, { installId: credits, name: 'Credits' })).toEqual({ ok: true });
    expect(await held()).toBe(4500n);
    await save({ unit: 'session' }, { installId: credits, name: 'Credits' });
  });

  test('of an install that is not there are not saved', async () => {
    await expect(save(full, { installId: '0190a000-0000-7000-8000-000000000000' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('states', () => {
  test('one without its settings can’t be enabled, and says what is missing', async () => {
    const { id } = await addInstall(db, ctx, actor, { pluginId: 'meeting-faulty' });
    const enable = changeInstallState(db, ctx, actor, { installId: id, state: 'enabled' });
    await expect(enable).rejects.toMatchObject({
      code: 'provider_not_connected',
      message: expect.stringContaining('API key is needed'),
    });
  });

  test('the default can’t be disabled until another one is', async () => {
    const { 'meeting-link': link, 'meeting-jitsi': jitsi } = organisation.installs;
    const disable = () => changeInstallState(db, ctx, actor, { installId: link, state: 'disabled' });
    await expect(disable()).rejects.toMatchObject({ code: 'conflict' });
    await chooseDefaultInstall(db, ctx, actor, { installId: jitsi });
    expect(await ctx.plugins.defaultInstall(db, 'meeting')).toMatchObject({ id: jitsi, isDefault: true });
    await disable();
    await expect(chooseDefaultInstall(db, ctx, actor, { installId: link })).rejects.toMatchObject({ code: 'conflict' });
    await expect(ctx.plugins.meetingProvider(db, link)).rejects.toMatchObject({ code: 'config_invalid' });
    await changeInstallState(db, ctx, actor, { installId: link, state: 'enabled' });
    await chooseDefaultInstall(db, ctx, actor, { installId: link });
  });

  test('one in test can be used by hand and is never taken by itself', async () => {
    await save(full);
    await changeInstallState(db, ctx, actor, { installId: faultyId, state: 'test' });
    await expect(ctx.plugins.meetingProvider(db, faultyId)).resolves.toMatchObject({ install: { state: 'test', usable: true } });
    await expect(chooseDefaultInstall(db, ctx, actor, { installId: faultyId })).rejects.toMatchObject({ code: 'conflict' });
    await changeInstallState(db, ctx, actor, { installId: faultyId, state: 'disabled' });
  });

  test('is tried before it is enabled, and what is wrong is said without the secret', async () => {
    const check = () => checkInstall(db, ctx, { installId: faultyId });
    await save(full);
    expect(await check()).toEqual({ ok: true, message: 'Faulty Rooms knows the key.' });
    server.failNext('unauthorised');
    expect(await check()).toEqual({ ok: false, message: 'Faulty Rooms no longer accepts the API key.' });
    await save({ ...full, apiKey: 'another' });
    expect(await check()).toMatchObject({ ok: false });
    await db
      .updateTable('pluginInstall')
      .set({ settings: '{}', lastError: 'It fell over.' })
      .where('id', '=', faultyId)
      .execute();
    expect(await check()).toEqual({ ok: false, message: 'Its settings are not complete: API key is needed.' });
    await save(full);
    await db.updateTable('pluginInstall').set({ lastError: 'It fell over.' }).where('id', '=', faultyId).execute();
    await check();
    expect((await stored()).lastError).toBeNull();
    const link = { installId: organisation.installs['meeting-link'] };
    expect(await checkInstall(db, ctx, link)).toMatchObject({
      ok: false,
      message: expect.stringContaining('nothing that could be'),
    });
  });

  test('a disabled billing mode still bills what it has begun', async () => {
    const none = organisation.installs['billing-none'];
    await changeInstallState(db, ctx, actor, { installId: none, state: 'disabled' });
    await expect(ctx.plugins.billingMode(db, none)).resolves.toHaveProperty('assess');
    await changeInstallState(db, ctx, actor, { installId: none, state: 'enabled' });
  });

  test('a plugin taken out of the config leaves an orphan: readable, of no use to anything new', async () => {
    const without = { plugins: new Map([...registry.plugins].filter(([id]) => id !== 'meeting-faulty')), problems: [] };
    const host = hostOf({ registry: without });
    expect(await host.findInstall(db, faultyId)).toMatchObject({ state: 'orphaned', usable: false });
    await expect(host.meetingProvider(db, faultyId)).rejects.toMatchObject({ code: 'unsupported' });
    const page = await getInstallPage(db, host, faultyId, 'http://lectern.test');
    expect(page).toMatchObject({
      fields: [],
      install: { problem: expect.stringContaining('no longer part of this installation') },
    });
    const change = saveInstallSettings(db, { ...ctx, plugins: host }, actor, {
      ...{ installId: faultyId, name: 'x', values: full, keptSecrets: [] },
    });
    await expect(change).rejects.toMatchObject({ code: 'locked' });
    expect((await host.readiness(db)).degraded).toEqual([]);
    expect(await bootMessage({ registry: without, keyRing })).toBe('it booted');
  });

  test('a provider that fails to load degrades, on its page and in the readiness, and the rest boots', async () => {
    const problem = {
      plugin: 'meeting-faulty',
      kind: 'meeting',
      where: 'config/plugins.ts:22',
      message: 'could not be loaded: boom',
    } as const;
    const failing = { plugins: new Map([...registry.plugins].filter(([id]) => id !== 'meeting-faulty')), problems: [problem] };
    const host = hostOf({ registry: failing });
    expect(await host.findInstall(db, faultyId)).toMatchObject({ state: 'degraded', usable: false });
    const { degraded } = await host.readiness(db);
    expect(degraded[0]).toMatchObject({ installId: faultyId, reason: expect.stringContaining('boom (config/plugins.ts:22)') });
    expect(await bootMessage({ registry: failing, keyRing })).toBe('it booted');
  });
});

describe('at boot', () => {
  test('a billing mode with settings that can’t be used stops it, and says which install of which line', async () => {
    const credits = organisation.installs['billing-credits'];
    const broken = (settings: unknown) =>
      db
        .updateTable('pluginInstall')
        .set({ settings: JSON.stringify(settings) })
        .where('id', '=', credits)
        .execute();
    await broken({ unit: 'lessons', overdraft: 7 });
    const message = await bootMessage({ registry, keyRing });
    await broken({});
    expect(message).toMatch(
      /config\/plugins\.ts:\d+ {2}billing-credits: the install "Credits" \(.+\): .*What one credit is: .*; When a family has too few credits: /,
    );
    expect(await bootMessage({ registry, keyRing })).toBe('it booted');
  });

  test('a provider whose key is gone only degrades, and says which key it needs', async () => {
    await save(full);
    await changeInstallState(db, ctx, actor, { installId: faultyId, state: 'enabled' });
    const host = hostOf({ keyRing: [otherKey] });
    expect(await host.findInstall(db, faultyId)).toMatchObject({ state: 'degraded', problem: expect.stringContaining('"test"') });
    expect((await host.readiness(db)).degraded).toMatchObject([{ name: 'Rooms' }]);
    await changeInstallState(db, ctx, actor, { installId: faultyId, state: 'disabled' });
  });

  test('a key ring that is not this database’s stops it', async () => {
    expect(await bootMessage({ registry, keyRing })).toBe('it booted');
    expect(await bootMessage({ registry, keyRing: [otherKey] })).toContain('LECTERN_KEYS is not the key ring of this database');
    expect(await bootMessage({ registry, keyRing: [{ ...otherKey, id: keyRing[0]?.id ?? '' }] })).toContain('does not open it');
  });
});

test('keys are rotated: sealed anew with the first, and the former can be taken out', async () => {
  await save(full);
  const grown = [otherKey, ...keyRing];
  expect(await bootMessage({ registry, keyRing: grown })).toBe('it booted');
  expect(await rotateKeys(db, grown)).toBe(1);
  expect(await rotateKeys(db, grown)).toBe(0);
  expect(await bootMessage({ registry, keyRing: [otherKey] })).toBe('it booted');
  expect(JSON.stringify((await stored()).settings)).toContain('enc:v1:other:');
  await rotateKeys(db, [...keyRing, otherKey]);
});
