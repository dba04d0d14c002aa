import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { provisionMeeting } from '#app/domain/meetings/provision-meeting.server.ts';
import { bookSession } from '#app/domain/scheduling/book-session.server.ts';
import { changeInstallState } from '#app/plugin-host/change-install-state.server.ts';
import { checkInstall } from '#app/plugin-host/check-install.server.ts';
import { createPluginHost } from '#app/plugin-host/create-plugin-host.server.ts';
import { getInstallPage } from '#app/plugin-host/install-page.server.ts';
import { ensureInstalls } from '#app/plugin-host/installs.server.ts';
import { loadPlugins } from '#app/plugin-host/load-plugins.server.ts';
import { saveInstallSettings } from '#app/plugin-host/save-install-settings.server.ts';
import type { PluginHost } from '#app/plugin-host/types.ts';
import { plugins } from '#config/plugins.ts';
import { aClient, anOrganisation, aProgram, aRate, aStudent, aSubject, aTutor } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const { db } = await testDatabase();
const base = testContext(db);
const actor = { userId: null, kind: 'system' } as const;
let home = '';
let host: PluginHost;
let installId = '';
const asked: { url: string; authorization: string | null }[] = [];

/** As it is published: JavaScript, built somewhere else. */
const source = `
import { definePlugin, PluginError, secret, z } from '@lectern/plugin-contract';
const call = async (ctx, apiKey, method, path) => {
  const response = await ctx.http('https://api.acme.example' + path, { method, headers: { authorization: 'Bearer ' + apiKey } });
  if (response.status === 401) throw new PluginError('auth_expired', 'Reconnect Acme.');
  return response;
};
export const plugin = definePlugin({
  kind: 'meeting', id: 'meeting-acme', apiVersion: 1, version: '1.0.0', name: 'Acme', description: 'Rooms at Acme.',
  config: z.object({
    apiKey: secret('API key', 'Acme, Account.'),
    region: z.enum(['eu', 'us']).default('eu').meta({ title: 'Region', options: { eu: 'Europe', us: 'America' } }),
  }),
  configVersion: 1, hosts: ['api.acme.example'],
  capabilities: { provisioning: 'ahead', create: 'idempotent', links: 'shared', attendance: 'none', auth: 'install',
    instant: true, recording: false, maxParticipants: null },
  guide: { steps: ['Make a key at Acme.'] },
  check: async (ctx, { apiKey }) => ({ ok: (await call(ctx, apiKey, 'GET', '/me')).ok, message: 'Acme knows the key.' }),
  create: ({ apiKey, region }) => ({
    provision: async (ctx, want) => {
      const { id } = z.object({ id: z.string() }).parse(await (await call(ctx, apiKey, 'PUT', '/rooms/' + want.code)).json());
      return { state: 'ready', ref: id, joinUrl: 'https://' + region + '.acme.example/' + id };
    },
    release: async () => {},
    joinUrl: async (_ctx, have) => have.joinUrl ?? undefined,
  }),
});`;

async function acme(url: URL, init: RequestInit): Promise<Response> {
  const authorization = new Headers(init.headers).get('authorization');
  asked.push({ url: url.href, authorization });
  if (authorization !== 'Bearer canary-acme-key') return new Response('', { status: 401 });
  return Response.json({ id: url.pathname.split('/').at(-1) });
}

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'lectern-plugin-'));
  const modules = path.join(home, 'node_modules');
  const contract = path.join(modules, '@lectern/plugin-contract');
  await mkdir(contract, { recursive: true });
  await cp(path.join(root, 'plugins/contract/package.json'), path.join(contract, 'package.json'));
  // A copy, not a link: a package brings a zod of its own.
  await cp(path.join(root, 'node_modules/zod'), path.join(modules, 'zod'), { recursive: true });
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, '-p', path.join(root, 'plugins/contract'), '--outDir', path.join(contract, 'dist')]);
  await mkdir(path.join(modules, 'lectern-acme'));
  const manifest = JSON.stringify({ name: 'lectern-acme', type: 'module', exports: './index.js' });
  await writeFile(path.join(modules, 'lectern-acme/package.json'), manifest);
  await writeFile(path.join(modules, 'lectern-acme/index.js'), source);

  const text = "export const load = () => import('lectern-acme');\n";
  await writeFile(path.join(home, 'line.mjs'), text);
  const { load } = await import(/* @vite-ignore */ pathToFileURL(path.join(home, 'line.mjs')).href);
  const registry = await loadPlugins({ manifest: { ...plugins, meeting: [load] }, manifestText: '' });
  expect(registry.problems).toEqual([]);
  host = createPluginHost({ registry, keyRing: base.config.keyRing, clock: base.clock, log: base.log, fetch: acme });
  await anOrganisation(db);
  await ensureInstalls(db, registry);
  installId = (await host.listInstalls(db)).find((install) => install.pluginId === 'meeting-acme')?.id ?? '';
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('a plugin from npm, by one line of the config', () => {
  test('shows its form, with a secret that is one though its zod is another', async () => {
    const page = await getInstallPage(db, host, installId, 'https://desk.example');
    expect(page).toMatchObject({
      install: { name: 'Acme', state: 'disabled' },
      canCheck: true,
      guide: { steps: [[{ kind: 'text', text: 'Make a key at Acme.' }]] },
      fields: [
        { name: 'apiKey', type: 'secret', label: 'API key', required: true },
        { name: 'region', type: 'choice', default: 'eu', options: [{ label: 'Europe' }, { label: 'America' }] },
      ],
    });
  });

  test('has its key sealed, is checked, and gives a session its room', async () => {
    const ctx = { ...base, plugins: host };
    const save = (values: Record<string, unknown>) =>
      saveInstallSettings(db, ctx, actor, { installId, name: 'Acme', keptSecrets: [], values });
    expect(await save({})).toEqual({ ok: false, errors: { apiKey: 'API key is needed.' } });
    await save({ apiKey: 'another' });
    expect(await checkInstall(db, ctx, { installId })).toEqual({ ok: false, message: 'Reconnect Acme.' });
    await save({ apiKey: 'canary-acme-key', region: 'us' });
    const { settings } = await db
      .selectFrom('pluginInstall')
      .select('settings')
      .where('id', '=', installId)
      .executeTakeFirstOrThrow();
    expect(JSON.stringify(settings)).not.toContain('canary');
    expect(await checkInstall(db, ctx, { installId })).toEqual({ ok: true, message: 'Acme knows the key.' });
    await changeInstallState(db, ctx, actor, { installId, state: 'enabled' });

    const subject = await aSubject(db);
    await aRate(db);
    const student = await aStudent(db, { clientId: (await aClient(db)).id });
    const { sessionId } = await bookSession(db, ctx, actor, {
      tutorId: (await aTutor(db, { subjectIds: [subject.id] })).id,
      ...{ studentIds: [student.id], programId: (await aProgram(db)).id, subjectId: subject.id, billable: true },
      ...{ wallStart: '2026-03-03T16:00', durationMinutes: 60, mode: 'online', meetingInstallId: installId },
    });
    await provisionMeeting(ctx, { sessionId });
    const meeting = await db.selectFrom('meeting').selectAll().where('sessionId', '=', sessionId).executeTakeFirstOrThrow();
    expect(meeting).toMatchObject({ state: 'ready', joinUrl: `https://us.acme.example/${meeting.ref}` });
    expect(asked.at(-1)).toEqual({
      url: `https://api.acme.example/rooms/${meeting.ref}`,
      authorization: 'Bearer canary-acme-key',
    });
  });
});
