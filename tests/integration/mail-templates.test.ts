import { describe, expect, it, test } from 'vitest';
import { previewMail } from '#app/domain/mail-templates/preview-mail.server.ts';
import {
  findVersionTexts,
  getEditedMail,
  listLanguageReaders,
  listSentExamples,
  listTemplateVersions,
} from '#app/domain/mail-templates/queries.server.ts';
import { resetMailTemplate } from '#app/domain/mail-templates/reset-mail-template.server.ts';
import { saveMailTemplate } from '#app/domain/mail-templates/save-mail-template.server.ts';
import { sendTestMail } from '#app/domain/mail-templates/send-test-mail.server.ts';
import { getMail } from '#app/domain/messages/queries.server.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import { sendMail } from '#app/domain/messages/send-mail.server.ts';
import type { MailOverride } from '#emails/override.ts';
import { shippedTexts } from '#emails/shipped.ts';
import { mailTemplates } from '#emails/templates.ts';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
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

const admin = await aUser(db, { roles: ['admin'], name: 'Grace Odell', email: 'grace@harbour.example' });
const actor = { userId: admin.id, kind: 'user' } as const;
const own = (subject: string) => ({ ...shippedTexts('time-off-decided', 'en'), subject });
const edit = (version: number, texts: MailOverride, locale = 'en') =>
  saveMailTemplate(db, actor, { template: 'time-off-decided', locale, version, texts });

describe('an administrator', () => {
  test('saves a mail once, however often the form is sent, and not over a change not seen', async () => {
    expect(await edit(0, own('Your time off'))).toBe(1);
    expect(await edit(0, own('Your time off\r\n'))).toBe(1);
    await expect(edit(0, own('Holidays'))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Grace Odell changed this mail'),
      details: { version: 1 },
    });
    expect(await edit(1, own('Holidays'))).toBe(2);
    const written = await db.selectFrom('auditLog').select('after').where('action', '=', 'mail_template.save').execute();
    expect(written.map(({ after }) => after)).toEqual(
      [1, 2].map((version) => ({ template: 'time-off-decided', locale: 'en', version })),
    );
  });

  test('two who save at once: one is first, the other is told', async () => {
    const both = await Promise.allSettled([edit(0, own('A'), 'fr'), edit(0, own('B'), 'fr')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('can’t save what no mail can be made of: told part, line and reason, nothing kept', async () => {
    const broken = { ...own('{{nobody}}'), body: '<mj-text>\n{{{link}}}</mj-text>' };
    await expect(edit(2, broken)).rejects.toMatchObject({
      code: 'invalid_value',
      details: [
        { part: 'subject', line: 1, text: 'There is no {{nobody}} in this mail.' },
        { part: 'body', line: 2, text: expect.stringContaining('Three braces') },
      ],
    });
    expect((await getEditedMail(db, 'time-off-decided', 'en')).texts.subject).toBe('Holidays');
  });

  test('goes back to what ships and to an older version, and reads who changed what', async () => {
    const of = { template: 'time-off-decided', locale: 'en' } as const;
    expect(await resetMailTemplate(db, actor, { ...of, version: 2 })).toBe(3);
    expect(await resetMailTemplate(db, actor, { ...of, version: 2 })).toBe(3);
    expect(await getEditedMail(db, 'time-off-decided', 'en')).toMatchObject({ own: false, version: 3 });
    const old = await findVersionTexts(db, 'time-off-decided', 'en', 1);
    expect(await edit(3, old ?? own(''))).toBe(4);
    const versions = await listTemplateVersions(db, 'time-off-decided', 'en');
    expect(versions.map(({ version, isDefault, by }) => [version, isDefault, by])).toEqual([
      [4, false, 'Grace Odell'],
      [3, true, 'Grace Odell'],
      [2, false, 'Grace Odell'],
      [1, false, 'Grace Odell'],
    ]);
    expect(versions[2]?.changes).toEqual([
      {
        part: 'subject',
        lines: [
          { kind: 'gone', text: 'Your time off' },
          { kind: 'new', text: 'Holidays' },
        ],
      },
    ]);
  });

  test('sees a mail as it is typed, with the example or as one that went out, in the language that is edited', async () => {
    const id = await queued('en');
    const texts = { subject: '{{recipient.name}}', body: '<mj-text>{{greeting}}</mj-text>{{> button.mjml}}', plain: '{{link}}' };
    const shown = await previewMail(db, { template: 'time-off-decided', locale: 'es', texts });
    expect(shown.mail?.subject).toBe(mailTemplates['time-off-decided'].example.recipient.name);
    expect(shown.mail?.html).toContain('Hola');
    // Whoever reads this page must not come by a link that opens somebody's account.
    expect(await listSentExamples(db, 'reset')).toEqual([]);
    const secret = await previewMail(db, { template: 'reset', locale: 'en', texts, mailId: id });
    expect(secret.mail?.text).not.toContain('/reset/x');
    expect((await previewMail(db, { template: 'reset', locale: 'en', texts: { ...texts, plain: '' } })).mail).toBeNull();
  });

  test('gets a test once, in the words as they are typed, whose link opens nothing and that is in no calendar', async () => {
    const input = {
      template: 'session-confirmed',
      locale: 'en',
      texts: { subject: 'Mine: {{lesson}}', body: '<mj-text>x</mj-text>', plain: 'x {{link}}' },
    } as const;
    const reader = { id: admin.id, name: 'Grace Odell', email: 'grace@harbour.example', timezone: null };
    ctx.jobs.length = 0;
    await sendTestMail(db, ctx, reader, input);
    await sendTestMail(db, ctx, reader, input);
    const [job, ...others] = ctx.jobs;
    expect(others).toEqual([]);
    const [id = ''] = job?.name === 'mail.send' ? job.data.mailIds : [];
    await sendMail(ctx, { mailIds: [id] });
    const mail = await getMail(db, id);
    expect(mail).toMatchObject({
      status: 'captured',
      toAddress: 'grace@harbour.example',
      rendered: { subject: 'Test: Mine: Algebra II' },
    });
    expect(mail.rendered?.text).toContain(`${ctx.config.origin}/office/settings/emails/session-confirmed?locale=en`);
    expect(mail.rendered?.calendar).toBeUndefined();
    expect(await listSentExamples(db, 'session-confirmed')).toEqual([]);
    await expect(sendTestMail(db, ctx, reader, { ...input, texts: { ...input.texts, plain: '{{{x}}}' } })).rejects.toThrow();
  });

  test('gets a test at once, also at night, of a mail that would wait for the morning', async () => {
    const night = testContext(db, { now: '2026-11-20T02:30:00Z', config: { smtpUrl: undefined } });
    const reader = { id: admin.id, name: 'Grace Odell', email: 'grace@harbour.example', timezone: 'UTC' };
    const texts = { subject: 'Soon', body: '<mj-text>x</mj-text>', plain: 'x {{link}}' };
    await sendTestMail(db, night, reader, { template: 'session-reminder', locale: 'en', texts });
    const job = night.jobs.at(-1);
    const [id = ''] = job?.name === 'mail.send' ? job.data.mailIds : [];
    await sendMail(night, { mailIds: [id] });
    expect(await getMail(db, id)).toMatchObject({ status: 'captured', rendered: { subject: 'Test: Soon' } });
  });

  test('reads which language people read mails in, and what they get of this one', async () => {
    await aUser(db, { roles: ['client'], locale: 'fr-CA' });
    await aUser(db, { roles: ['client'], locale: 'es-MX' });
    await aUser(db, { roles: ['client'], locale: 'it' });
    const readers = await listLanguageReaders(db, 'time-off-decided');
    const gets = Object.fromEntries(readers.map(({ locale, gets, shipsInIt }) => [locale, [gets, shipsInIt]]));
    expect(gets).toMatchObject({ 'fr-CA': ['fr', false], 'es-MX': [null, true], it: ['en', false] });
  });
});
