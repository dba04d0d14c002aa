import { expect, test } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { loader as listLoader } from '#app/routes/office.settings.emails._index/route.tsx';
import type { TemplateAnswer } from '#app/routes/office.settings.emails.$template/act.server.ts';
import { action, loader } from '#app/routes/office.settings.emails.$template/route.tsx';
import { action as previewAction } from '#app/routes/office.settings.emails.$template_.preview/route.ts';
import { shippedTexts } from '#emails/shipped.ts';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { config: { smtpUrl: undefined } });
const context = { ...ctx, requestId: 't', cspNonce: '', clientIp: '127.0.0.1' };
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });

async function argsFor(template: string, search = '', form?: Record<string, string>) {
  const token = await startSession(db, ctx.clock(), admin.id, { ip: '127.0.0.1', userAgent: null });
  const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
  const address = `http://lectern.test/office/settings/emails/${template}${search}`;
  return {
    request: new Request(address, { ...init, headers: { cookie: `lectern=${token}` } }),
    context,
    params: { template },
  } as never;
}
const answerOf = (answer: unknown) => answer as { data: TemplateAnswer; init: { status: number } };

const texts = shippedTexts('credits-low', 'en');

test('every mail stands in the list by a name, with whom it goes to', async () => {
  const { groups } = await listLoader(await argsFor(''));
  const mails = groups.flatMap((group) => group.mails);
  expect(mails.find((mail) => mail.template === 'credits-low')).toMatchObject({ name: 'Credits run low', to: 'Client', own: [] });
});

test('a mail that is not there has no page', async () => {
  await expect(loader(await argsFor('nothing'))).rejects.toMatchObject({ status: 404 });
});

test('what is refused comes back as it was typed, each fault with its line; mended it is saved and holds', async () => {
  const broken = { ...texts, body: '<mj-text>\n{{nobody}}</mj-text>', intent: 'save', version: '0' };
  const refused = answerOf(await action(await argsFor('credits-low', '?locale=en', broken)));
  expect(refused.init.status).toBe(400);
  expect(refused.data).toMatchObject({
    typed: { body: broken.body },
    problems: [{ part: 'body', line: 2, text: 'There is no {{nobody}} in this mail.' }],
  });

  const mended = { ...texts, subject: 'Few credits', intent: 'save', version: '0' };
  const saved = (await action(await argsFor('credits-low', '?locale=en', mended))) as Response;
  expect(saved.headers.get('location')).toBe('/office/settings/emails/credits-low?locale=en&saved=own');
  const page = await loader(await argsFor('credits-low', '?locale=en'));
  expect(page).toMatchObject({ edited: { version: 1, own: true, texts: { subject: 'Few credits' } }, preview: { problems: [] } });
  expect(page.versions).toHaveLength(1);
});

test('whoever saves after somebody else is told, and saves over it the second time', async () => {
  const form = { ...texts, subject: 'Mine', intent: 'save', version: '0' };
  const told = answerOf(await action(await argsFor('credits-low', '?locale=en', form)));
  expect(told.init.status).toBe(409);
  expect(told.data.typed).toMatchObject({ subject: 'Mine', version: '1' });
  const again = await action(await argsFor('credits-low', '?locale=en', { ...form, version: told.data.typed.version }));
  expect(again).toBeInstanceOf(Response);
});

test('the page goes back to an older version and to what ships', async () => {
  await action(await argsFor('credits-low', '?locale=en', { intent: 'again', again: '1', version: '2' }));
  expect((await loader(await argsFor('credits-low'))).edited.texts.subject).toBe('Few credits');
  await action(await argsFor('credits-low', '?locale=en', { intent: 'reset', version: '3' }));
  expect((await loader(await argsFor('credits-low'))).edited).toMatchObject({ own: false, version: 4 });
});

test('another language begins with the English texts, and says so', async () => {
  const page = await loader(await argsFor('credits-low', '?locale=PT-br'));
  expect(page).toMatchObject({ locale: 'pt-BR', language: 'Portuguese (Brazil)', shipsInIt: false, edited: { own: false } });
  expect((await loader(await argsFor('credits-low', '?locale=ar'))).preview.mail?.html).toContain('dir="rtl"');
});

test('what is typed is shown while it is typed, and nothing of it is kept', async () => {
  const answer = await previewAction(await argsFor('credits-low', '?locale=en', { ...texts, subject: 'As typed' }));
  expect(await answer.json()).toMatchObject({ check: { problems: [], mail: { subject: 'As typed' } } });
  expect((await loader(await argsFor('credits-low'))).edited.version).toBe(4);
});
