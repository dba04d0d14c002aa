import { describe, expect, test } from 'vitest';
import { definePlugin, isPluginError, z } from '#plugins/contract/index.ts';
import { apiKey } from '#tests/fakes/faulty-server.ts';
import { plugin as faulty } from '#tests/fakes/meeting-faulty.ts';
import { maskSecrets, openSettings, sealSettings } from './install-settings.server.ts';

const ring = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
const row = (settings: unknown, over = {}) => ({ id: 'install-1', settings, configVersion: 1, ...over });
const problem = (attempt: () => unknown) => {
  try {
    attempt();
    return 'it opened';
  } catch (error) {
    return isPluginError(error) && error.code === 'config_invalid' ? error.publicMessage : String(error);
  }
};

test('secrets are sealed, everything else is kept as typed', () => {
  const sealed = sealSettings(faulty, 'install-1', { apiKey, seats: 4, brand: undefined }, ring);
  expect(sealed).toEqual({ apiKey: expect.stringMatching(/^enc:v1:k1:/), seats: 4 });
  expect(JSON.stringify(sealed)).not.toContain(apiKey);
  expect(openSettings(faulty, row(sealed), ring)).toMatchObject({
    config: { apiKey, seats: 4, region: 'eu', lobby: true },
    secrets: [apiKey],
  });
});

describe('settings that can’t be used are refused', () => {
  test('without a value of theirs in the reason', () => {
    expect(problem(() => openSettings(faulty, row({ seats: 99 }), ring))).toMatch(
      /^Its settings are not complete: API key is needed; Seats: .*[.]$/,
    );
  });

  test('when they were sealed in another install', () => {
    const sealed = sealSettings(faulty, 'install-2', { apiKey }, ring);
    expect(problem(() => openSettings(faulty, row(sealed), ring))).toContain("apiKey can't be opened.");
  });

  test('when a newer version of the plugin saved them', () => {
    expect(problem(() => openSettings(faulty, row({}, { configVersion: 2 }), ring))).toContain('a newer version of the plugin');
  });
});

test('settings of a former version are brought along, secrets opened', () => {
  const { kind, id, apiVersion, version, name, description, capabilities } = faulty;
  const newer = definePlugin({
    ...{ kind, id, apiVersion, version, name, description, capabilities },
    config: z.object({ key: z.string(), people: z.int() }),
    configVersion: 2,
    hosts: [],
    migrateConfig: (settings: Record<string, unknown>) => ({ key: settings.apiKey, people: settings.seats }),
    create: () => faulty.create({ apiKey, region: 'eu', seats: 2, lobby: true }),
  });
  const sealed = sealSettings(faulty, 'install-1', { apiKey, seats: 7 }, ring);
  expect(openSettings(newer, row(sealed), ring).config).toEqual({ key: apiKey, people: 7 });
});

test('a secret is masked wherever it stands in a text', () => {
  expect(maskSecrets(`key ${apiKey}, again ${apiKey}`, [apiKey])).toBe('key •••, again •••');
});
