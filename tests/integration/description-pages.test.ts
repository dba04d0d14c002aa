import { describe, expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { describeProvider } from '#app/plugin-host/declared/describe-provider.ts';
import type { DescriptionAnswer } from '#app/routes/describe-provider/answer-description.server.ts';
import { STARTER } from '#app/routes/describe-provider/starter.ts';
import { loader as listLoader } from '#app/routes/office.settings.plugins._index/route.tsx';
import { loader as installLoader } from '#app/routes/office.settings.plugins.$id/route.tsx';
import { action as editAction, loader as editLoader } from '#app/routes/office.settings.plugins.declared.$id/route.tsx';
import { action as newAction } from '#app/routes/office.settings.plugins.declared.new/route.tsx';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { acmeDescription } from '#tests/fakes/acme-description.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });

async function argsFor(form?: Record<string, string>, id = '') {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  const request = new Request('http://lectern.test/office', { ...init, headers: { cookie: `lectern=${token}` } });
  return { request, context, params: { id } } as never;
}
const answerOf = (answer: unknown) => (answer as { data: DescriptionAnswer }).data;
const statusOf = (answer: unknown) => (answer as { init: { status: number } }).init.status;
const placeOf = (answer: unknown) => (answer as Response).headers.get('location') ?? '';

test('what a new description begins with is one that works', () => {
  expect(describeProvider(STARTER)).toMatchObject({ ok: true });
});

describe('a description', () => {
  test('is checked without being saved, and says what was understood', async () => {
    const answer = await newAction(await argsFor({ intent: 'check', source: acmeDescription }));
    expect(answerOf(answer).understood).toMatchObject({
      name: 'Acme Rooms',
      settings: ['API key'],
      operations: ['create', 'release'],
    });
    expect((await listLoader(await argsFor())).described).toEqual([]);
  });

  test('with mistakes comes back as it was typed, each mistake with its line', async () => {
    const source = acmeDescription.replace('name: Acme', 'nme: Acme').replaceAll('\n', '\r\n');
    const answer = await newAction(await argsFor({ intent: 'save', source }));
    expect(statusOf(answer)).toBe(400);
    expect(answerOf(answer).typed.source).toBe(source.replaceAll('\r\n', '\n'));
    expect(answerOf(answer).problems).toEqual([
      { line: 1, text: 'Line 1: name is missing.' },
      { line: 3, text: expect.stringMatching(/^Line 3: nme is not a key that is known here\. Known are id, version, name, /) },
    ]);
  });

  test('is tried on a recorded reply: what would be sent, and what is made of it, without a call', async () => {
    const reply = '{"id": "r-7", "url": "https://acme.example/r-7"}';
    const tried = { intent: 'try', source: acmeDescription, operation: 'create', status: '201', reply };
    const { trial } = answerOf(await newAction(await argsFor(tried)));
    expect(trial?.request).toContain('PUT https://api.acme.example/v1/rooms/abcdefghijklmnopqrstuvwxyz');
    expect(trial?.request).toContain('x-key: •••');
    expect(trial?.values).toEqual([
      { key: 'ref', value: 'r-7' },
      { key: 'joinUrl', value: 'https://acme.example/r-7' },
    ]);
    const refused = answerOf(await newAction(await argsFor({ ...tried, status: '401', reply: '{}' }))).trial;
    expect(refused?.problem).toBe('auth_expired: Acme Rooms no longer accepts the credentials of its settings.');
    const other = answerOf(await newAction(await argsFor({ ...tried, reply: '{"name": 1}' }))).trial;
    expect(other?.values[0]).toEqual({ key: 'ref', value: 'is not there: No such key: id' });
    expect(other?.problem).toContain('is not in it');
    const html = answerOf(await newAction(await argsFor({ ...tried, reply: '<html>' }))).trial;
    expect(html?.problem).toContain('contract_violation');
  });

  test('saved leads to its settings, and is changed at its own page', async () => {
    const place = placeOf(await newAction(await argsFor({ intent: 'save', source: acmeDescription })));
    const installId = /plugins\/([0-9a-f-]{36})\?saved=described$/.exec(place)?.[1] ?? '';
    expect(await installLoader(await argsFor(undefined, installId))).toMatchObject({ described: true, calls: [] });
    expect(await editLoader(await argsFor(undefined, 'meeting-acme'))).toMatchObject({ source: acmeDescription, version: 1 });
    const source = acmeDescription.replace('Rooms at Acme.', 'Rooms at Acme, for all.');
    const changed = await editAction(await argsFor({ intent: 'save', source, version: '1' }, 'meeting-acme'));
    expect(placeOf(changed)).toBe(place);
    const stale = await editAction(await argsFor({ intent: 'save', source: acmeDescription, version: '1' }, 'meeting-acme'));
    expect(statusOf(stale)).toBe(409);
    expect(answerOf(stale)).toMatchObject({ typed: { source: acmeDescription, version: '2' } });
  });

  test('taken away leaves the installs, orphaned', async () => {
    await editAction(await argsFor({ intent: 'remove' }, 'meeting-acme'));
    const { installs, described } = await listLoader(await argsFor());
    expect(described).toEqual([]);
    expect(installs.find((install) => install.pluginId === 'meeting-acme')).toMatchObject({ state: 'orphaned' });
    await expect(editLoader(await argsFor(undefined, 'meeting-acme'))).rejects.toMatchObject({ status: 404 });
  });
});
