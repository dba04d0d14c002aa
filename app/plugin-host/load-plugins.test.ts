import { describe, expect, test } from 'vitest';
import type { PluginManifest } from '#config/plugins.ts';
import { plugin as billingNone } from '#plugins/billing-none/index.ts';
import { type BillingPlugin, definePlugin, type MeetingPlugin, z } from '#plugins/contract/index.ts';
import { plugin as jitsi } from '#plugins/meeting-jitsi/index.ts';
import { loadPlugins } from './load-plugins.server.ts';
import { manifestLines } from './manifest-lines.ts';

const text = `import type { BillingPlugin } from '#plugins/contract/index.ts';

export const plugins = {
  billing: [
    // () => import('#plugins/billing-old/index.ts'),
    () => import('#plugins/billing-a/index.ts'),
    () => import("@acme/lectern-billing"),
  ],
  meeting: [
    () => import('#plugins/meeting-a/index.ts'),
    () => import('#plugins/meeting-b/index.ts'),
  ],
};`;
const load = (over: Partial<PluginManifest>) =>
  loadPlugins({ manifest: { billing: [], meeting: [], ...over }, manifestText: text });
const billing = (plugin: unknown) => async () => ({ plugin: plugin as BillingPlugin });
const meeting = (plugin: unknown) => async () => ({ plugin: plugin as MeetingPlugin });
const broken = () => Promise.reject(new Error("Cannot find package '@acme/lectern-billing'"));

const refusal = (over: Partial<PluginManifest>) =>
  load(over).then(
    () => 'it booted',
    (error: Error) => error.message,
  );

test('lines are counted as written, comments left out', () => {
  expect(manifestLines(text, 'config/plugins.ts').map((line) => line.where)).toEqual([
    'config/plugins.ts:6',
    'config/plugins.ts:7',
    'config/plugins.ts:10',
    'config/plugins.ts:11',
  ]);
});

describe('a billing mode that can’t be used stops the boot', () => {
  test('naming every problem at once, with the plugin, the file and the line', async () => {
    const wrong = { ...billingNone, id: 'Billing A', name: '', hosts: 'none' };
    const message = await refusal({ billing: [billing(wrong), broken], meeting: [meeting({ ...jitsi, apiVersion: 2 })] });
    expect(message.split('\n').slice(1)).toEqual([
      '  config/plugins.ts:6  Billing A: id must be lowercase letters, digits and dashes',
      '  config/plugins.ts:6  Billing A: name must not be empty',
      '  config/plugins.ts:6  Billing A: hosts must be a list of host names or a function that gives one',
      "  config/plugins.ts:7  @acme/lectern-billing: could not be loaded: Cannot find package '@acme/lectern-billing'",
      '  config/plugins.ts:10  meeting-jitsi: is written for version 2 of the plugin contract; this Lectern speaks version 1',
    ]);
  });

  test('when two have one id', async () => {
    expect(await refusal({ billing: [billing(billingNone), billing(billingNone)] })).toContain(
      'config/plugins.ts:7  billing-none: has the same id as the plugin of config/plugins.ts:6',
    );
  });

  test('when it stands in the wrong list', async () => {
    expect(await refusal({ billing: [billing(jitsi)] })).toContain('is of the kind "meeting" and stands in the list "billing"');
  });

  test('when the module exports no plugin', async () => {
    expect(await refusal({ billing: [billing(undefined)] })).toContain('billing-a: exports no `plugin`');
  });

  test('when its settings can’t be drawn as a form', async () => {
    const since = { ...billingNone, config: z.object({ since: z.date() }) };
    const nested = { ...billingNone, id: 'nested', config: z.object({ a: z.object({ b: z.string() }) }) };
    const message = await refusal({ billing: [billing(since), billing(nested)] });
    expect(message).toContain("billing-none: config can't be drawn as a form: Date cannot be represented in JSON Schema");
    expect(message).toContain('nested: config can\'t be drawn as a form: the field "a" must be a text, a number');
  });

  test('when it runs without the shared suite where suites are asked for', async () => {
    const manifest = { billing: [billing({ ...billingNone, id: 'billing-a' })], meeting: [] };
    await expect(loadPlugins({ manifest, manifestText: text, requireSuites: true })).rejects.toThrow(
      'config/plugins.ts:6  billing-a: has no test that runs testBillingMode of plugins/contract/testing',
    );
  });
});

describe('a meeting provider that can’t be used', () => {
  test('is left out with its reason, and the rest boots', async () => {
    const registry = await load({ billing: [billing(billingNone)], meeting: [broken, meeting(jitsi)] });
    expect([...registry.plugins.keys()]).toEqual(['billing-none', 'meeting-jitsi']);
    expect(registry.problems).toMatchObject([{ kind: 'meeting', where: 'config/plugins.ts:7' }]);
  });

  test('names a capability that is not one', async () => {
    const odd = { ...jitsi, capabilities: { ...jitsi.capabilities, links: 'some' } };
    const registry = await load({ meeting: [meeting(odd)] });
    expect(registry.problems[0]?.message).toMatch(/^capabilities\.links: /);
  });
});

test('a plugin with its own copy of zod is taken for what it is', async () => {
  const foreign = Object.create(null, { _zod: { value: { def: { type: 'object' } } } });
  const registry = await load({ meeting: [meeting({ ...jitsi, config: foreign })] });
  expect(registry.problems.map((problem) => problem.message)).not.toContain('config must be a zod object');
});

test('definePlugin can’t be changed afterwards', () => {
  expect(Object.isFrozen(definePlugin({ ...billingNone }))).toBe(true);
});
