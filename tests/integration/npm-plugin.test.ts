import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import type { MeetingPlugin } from '#plugins/contract/index.ts';
import { isPluginError } from '#plugins/contract/index.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
let home = '';

const source = `
import { definePlugin, PluginError, secret, z } from '@lectern/plugin-contract';
export const plugin = definePlugin({
  kind: 'meeting', id: 'meeting-acme', apiVersion: 1, version: '1.0.0', name: 'Acme', description: 'Rooms at Acme.',
  config: z.object({ apiKey: secret('API key') }), configVersion: 1, hosts: ['api.acme.example'],
  capabilities: { provisioning: 'ahead', create: 'idempotent', links: 'shared', attendance: 'none', auth: 'install',
    instant: true, recording: false, maxParticipants: null },
  create: () => ({
    provision: async () => { throw new PluginError('auth_expired', 'Reconnect Acme.'); },
    release: async () => {},
    joinUrl: async () => undefined,
  }),
});`;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'lectern-plugin-'));
  const modules = path.join(home, 'node_modules');
  const contract = path.join(modules, '@lectern/plugin-contract');
  await mkdir(contract, { recursive: true });
  await cp(path.join(root, 'plugins/contract/package.json'), path.join(contract, 'package.json'));
  await symlink(path.join(root, 'node_modules/zod'), path.join(modules, 'zod'), 'dir');
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', path.join(root, 'plugins/contract'), '--outDir', path.join(contract, 'dist')]);
  const acme = path.join(modules, 'lectern-acme');
  await mkdir(acme);
  await writeFile(
    path.join(acme, 'package.json'),
    JSON.stringify({ name: 'lectern-acme', type: 'module', exports: './index.js' }),
  );
  await writeFile(path.join(acme, 'index.js'), source);
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('a plugin from npm', () => {
  test('imports the built contract and is loaded like one of this repository', async () => {
    const url = pathToFileURL(path.join(home, 'node_modules/lectern-acme/index.js')).href;
    const load = () => import(/* @vite-ignore */ url) as Promise<{ plugin: MeetingPlugin }>;
    const registry = await loadPlugins({ manifest: { billing: [], meeting: [load] }, manifestText: '' });
    expect(registry.problems).toEqual([]);
    const plugin = registry.plugins.get('meeting-acme')?.plugin as MeetingPlugin;
    const error = await plugin
      .create({})
      .provision({} as never, {} as never, { ref: null, joinUrl: null })
      .catch((thrown: unknown) => thrown);
    expect(isPluginError(error) && error.publicMessage).toBe('Reconnect Acme.');
  });
});
