import { expect, it } from 'vitest';
import { getMail } from '#app/domain/messages/queries.server.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import { anOrganisation } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';

const { db } = await testDatabase();
const ctx = testContext(db, { now: '2026-11-20T10:00:00Z', config: { smtpUrl: undefined } });
await anOrganisation(db, { name: 'Harbour Tutoring' });

async function written(template: string, locale: string, version: number, subject: string, over = {}) {
  const texts = { subject, body: '<mj-text>{{greeting}}</mj-text>{{> button.mjml}}', plain: '{{link}}', ...over };
  const row = { template, locale, version, ...texts };
  return (await db.insertInto('mailTemplateVersion').values(row).returning('id').executeTakeFirstOrThrow()).id;
}

async function queued(locale: string) {
  const data = { link: 'https://lectern.example/reset/x', expiresAt: '2026-11-20T11:00:00Z', locale };
  const to = { name: 'Ann', address: 'ann@example.org' };
  await db.transaction().execute((trx) => queueMail(trx, ctx, { template: 'reset', to, data }));
  const job = ctx.jobs.at(-1);
  return (job?.name === 'mail.send' && job.data.mailIds[0]) || '';
}

async function sent(locale: string) {
  const id = await queued(locale);
  await sendMail(ctx, { mailIds: [id] });
  return getMail(db, id);
}

const tasks = () => db.selectFrom('task').select(['title', 'body']).where('event', '=', 'mail_broken').execute();

it('a mail goes out in the words an administrator wrote for its reader’s language, and says as which version', async () => {
  const english = await written('reset', 'en', 1, 'Your way back in');
  const first = await sent('en-GB');
  expect(first).toMatchObject({ templateVersionId: english, rendered: { subject: 'Your way back in' } });
  expect((await sent('es')).templateVersionId).toBeNull();
  const german = await written('reset', 'de', 1, 'Zurück ins Konto');
  expect(await sent('de-AT')).toMatchObject({ templateVersionId: german, rendered: { subject: 'Zurück ins Konto' } });
  expect((await sent('fr')).rendered?.subject).toBe('Your way back in');
});

it('what was sent is read as it was sent, what waits as it would go out now', async () => {
  const before = await sent('en');
  const waits = await queued('en');
  await written('reset', 'en', 2, 'Back in');
  expect((await getMail(db, before.id)).rendered?.subject).toBe('Your way back in');
  expect((await getMail(db, waits)).rendered?.subject).toBe('Back in');
});

it('words that can’t be used stop no mail: it goes out as it ships, and the office is told once', async () => {
  await written('reset', 'en', 3, 'Broken', { body: '<mj-text>{{nobodyKnowsThis}}</mj-text>' });
  const mails = [await sent('en'), await sent('en')];
  expect(mails.map((mail) => mail.templateVersionId)).toEqual([null, null]);
  expect(mails[0]?.rendered?.subject).not.toBe('Broken');
  expect(await tasks()).toEqual([{ title: 'Mend the words of a mail', body: expect.stringContaining('nobodyKnowsThis') }]);
});

it('back to what ships, a mail goes out as it ships, in each language by itself', async () => {
  await db.insertInto('mailTemplateVersion').values({ template: 'reset', locale: 'en', version: 4, isDefault: true }).execute();
  expect((await sent('en')).templateVersionId).toBeNull();
  expect((await sent('de')).rendered?.subject).toBe('Zurück ins Konto');
});
