import { request as httpRequest } from 'node:http';
import { afterAll, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { readPreferences } from '#app/domain/messages/preferences.server.ts';
import { wantsKind } from '#app/domain/messages/preferences.ts';
import { mailToken } from '#app/domain/messages/unsubscribe-link.server.ts';
import { action as ownMails, loader as ownMailsPage } from '#app/routes/account.mails/route.tsx';
import { action as linkedMails, loader as linkedMailsPage } from '#app/routes/mails.$token/route.tsx';
import { action as officeMails } from '#app/routes/office.clients.$id_.mail-preferences/route.tsx';
import { createApp } from '#app/server/create-app.ts';
import { serve } from '#app/server/serve.ts';
import { aClient, anOrganisation, aTutor, aUser } from '#tests/factories/index.ts';
import { pagesThatCount } from '#tests/fakes/pages.tsx';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const mary = await aUser(db, { roles: ['client'], email: 'mary.signs.in@example.test' });
const client = await aClient(db, { userId: mary.id, email: 'mary@example.test' });
const tess = await aUser(db, { roles: ['tutor'] });
await aTutor(db, { userId: tess.id, email: 'tess@example.test' });
const serving = await serve(createApp({ context: ctx, pages: pagesThatCount({ writes: 0 }) }), { port: 0, host: '127.0.0.1' });
afterAll(() => serving.stop());

type Fields = [string, string][];

async function args(user: { id: string } | null, form?: Fields, params = {}) {
  const token = user && (await startSession(db, ctx.clock(), user.id, { ip: '127.0.0.1', userAgent: null }));
  const request = new Request('http://lectern.test/', {
    headers: token ? { cookie: `lectern=${token}` } : {},
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return { request, context, params } as never;
}

const wants = async (address: string, kind: 'reminders' | 'summaries' | 'conversations') =>
  wantsKind(await readPreferences(db, [address]), address, kind);

it('a parent chooses by hand for the address their mails go to, and is not asked about what only tutors get', async () => {
  const { view } = await ownMailsPage(await args(mary));
  expect(view.addresses).toEqual(['mary@example.test']);
  expect(view.kinds.map((one) => one.kind)).not.toContain('chasing');
  await ownMails(
    await args(mary, [
      ['offered', 'reminders'],
      ['offered', 'summaries'],
      ['wanted', 'reminders'],
      ['times', 'own'],
      ['minutes', '60'],
    ]),
  );
  const said = await readPreferences(db, ['mary@example.test']);
  expect(said.get('mary@example.test reminders')).toEqual({ wanted: true, minutesBefore: [60] });
  expect(await wants('mary@example.test', 'summaries')).toBe(false);
  // Not on the form, so nothing was said of it.
  expect(said.has('mary@example.test conversations')).toBe(false);
});

it('times of one’s own without any time are refused at the field, and nothing is saved', async () => {
  const answer = await ownMails(
    await args(mary, [
      ['offered', 'reminders'],
      ['wanted', 'reminders'],
      ['times', 'own'],
    ]),
  );
  expect(answer).toMatchObject({ data: { errors: { minutes: 'Choose when, or take the usual times' } } });
});

it('a link from a mail shows and changes nothing by being opened; its button takes away that kind alone', async () => {
  const token = mailToken(ctx.config, { address: 'tess@example.test', kind: 'conversations' });
  const page = await linkedMailsPage(await args(null, undefined, { token }));
  expect(page.data).toMatchObject({ kind: 'conversations', wanted: true });
  expect(await wants('tess@example.test', 'conversations')).toBe(true);
  await linkedMails(await args(null, [['intent', 'decline']], { token }));
  expect(await wants('tess@example.test', 'conversations')).toBe(false);
  expect(await wants('tess@example.test', 'reminders')).toBe(true);
});

it('a link that nobody signed shows nobody’s address', async () => {
  const page = await linkedMailsPage(await args(null, undefined, { token: 'dGVzcw.x' }));
  expect(page).toMatchObject({ data: null, init: { status: 404 } });
});

it('the office sets it for who rings up, and the log says of whom without the address', async () => {
  await officeMails(await args(await aUser(db, { roles: ['scheduler'] }), [['offered', 'conversations']], { id: client.id }));
  expect(await wants('mary@example.test', 'conversations')).toBe(false);
  const log = await db
    .selectFrom('auditLog')
    .select(['action', 'subjectType', 'before', 'after', 'reason'])
    .where('subjectId', '=', client.id)
    .execute();
  expect(log).toMatchObject([{ action: 'mail_preference.edit', subjectType: 'client', after: { conversations: false } }]);
  expect(JSON.stringify(log)).not.toContain('mary@');
});

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) };
    const options = { host: '127.0.0.1', port: serving.port, path, method: 'POST', headers: { ...type, ...headers } };
    const request = httpRequest(options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    });
    request.on('error', reject);
    request.end(body);
  });
}

it('a mail program unsubscribes at one click, from anywhere, by form or in parts', async () => {
  const path = (address: string) => `/mails/${mailToken(ctx.config, { address, kind: 'reminders' })}`;
  const foreign = { origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' };
  expect(await post(path('one@example.test'), 'List-Unsubscribe=One-Click')).toBe(200);
  expect(await wants('one@example.test', 'reminders')).toBe(false);
  const parts = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const inParts = { ...foreign, 'content-type': 'multipart/form-data; boundary=x' };
  expect(await post(path('two@example.test'), parts, inParts)).toBe(200);
  expect(await wants('two@example.test', 'reminders')).toBe(false);
});

it('another site’s form changes nothing by a link, and a forged link nothing by one click', async () => {
  const path = `/mails/${mailToken(ctx.config, { address: 'three@example.test', kind: 'reminders' })}`;
  expect(await post(path, 'intent=decline', { origin: 'https://evil.example' })).toBe(400);
  expect(await post(`${path}x`, 'List-Unsubscribe=One-Click')).toBe(404);
  expect(await post(path, 'x'.repeat(20_000))).toBe(413);
  expect(await wants('three@example.test', 'reminders')).toBe(true);
});
