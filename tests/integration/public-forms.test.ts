import { describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { loader as enquire } from '#app/routes/enquire/route.tsx';
import { action, loader } from '#app/routes/office.settings.forms.enquiry/route.tsx';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './users/browser.ts';

const { db } = await testDatabase();
const ctx = testContext(db);
await anOrganisation(db);
const admin = await aUser(db, { roles: ['admin'] });
const cookie = `lectern=${await startSession(db, ctx.clock(), admin.id, { ip: '192.0.2.1', userAgent: null })}`;

const PATH = '/office/settings/forms/enquiry';
interface Page {
  version: number;
  rows: { field: string; asked: boolean; required: boolean }[];
}
const open = async () => (await visit(ctx, loader, { path: PATH, cookie })).body as Page;
const save = (form: Record<string, string | string[]>) => visit(ctx, action, { path: PATH, cookie, form });
const askedInPublic = async () =>
  ((await visit(ctx, enquire, { path: '/enquire' })).body as { asked: { field: string }[] }).asked;

/** As the page sends it. */
const formOf = (page: Page, over: Record<string, string | string[]> = {}) => ({
  version: String(page.version),
  enabled: 'on',
  intro: 'Ask us',
  thanks: '',
  embedOrigins: '',
  order: page.rows.map((row) => row.field),
  ask: page.rows.filter((row) => row.asked).map((row) => row.field),
  must: page.rows.filter((row) => row.required).map((row) => row.field),
  ...over,
});

describe('the admin of a public form', () => {
  it('opens it, and says what it asks, what is required and in which order', async () => {
    const page = await open();
    const order = page.rows.map((row) => row.field);
    const ask = ['phone', 'note', 'times'];
    const swapped = ['note', ...order.filter((field) => field !== 'note')];
    expect(await save(formOf(page, { order: swapped, ask, must: ['phone'] }))).toMatchObject({ status: 302 });
    const asked = await askedInPublic();
    expect(asked.map(({ field }) => field)).toEqual(['name', 'email', 'phone', 'student', 'subjectId', 'note', 'times']);
    expect(asked.find(({ field }) => field === 'phone')).toMatchObject({ required: true });
  });

  it('can’t take off what an enquiry is nothing without, nor require what has to stay free', async () => {
    expect(await save(formOf(await open(), { ask: ['phone'], must: ['student'] }))).toMatchObject({ status: 302 });
    const asked = await askedInPublic();
    expect(asked.map(({ field }) => field)).toEqual(['name', 'email', 'phone', 'student', 'subjectId']);
    expect(asked.find(({ field }) => field === 'student')).toMatchObject({ required: false });
  });

  it('moves a question without a script, and nothing is saved before they save', async () => {
    const page = await open();
    const before = await askedInPublic();
    const answer = await save(formOf(page, { intent: 'up:email' }));
    const values = (answer.body as { values: { order: string[] } }).values;
    expect(answer.status).toBe(200);
    expect(values.order.indexOf('email')).toBeLessThan(values.order.indexOf('name'));
    expect(await askedInPublic()).toEqual(before);
  });

  it.each(['www.example.org', 'javascript:alert(1)', 'https://*.example.org', "https://a.example;script-src 'unsafe-inline'"])(
    'is told that %s is no website that may show it',
    async (embedOrigins) => {
      const answer = await save(formOf(await open(), { embedOrigins }));
      expect(answer).toMatchObject({ status: 400, body: { errors: { embedOrigins: expect.any(String) } } });
    },
  );

  it('names the websites that may show it; the page’s own rules say no more than that', async () => {
    const embedOrigins = 'https://www.example.org/contact\nhttps://www.example.org\nhttp://localhost:8080';
    expect(await save(formOf(await open(), { embedOrigins }))).toMatchObject({ status: 302 });
    const row = await db.selectFrom('publicForm').select('embedOrigins').where('kind', '=', 'enquiry').executeTakeFirstOrThrow();
    expect(row.embedOrigins).toEqual(['https://www.example.org', 'http://localhost:8080']);
  });

  it('is told when somebody else changed it meanwhile, and nothing of theirs is lost', async () => {
    const page = await open();
    expect(await save(formOf(page, { intro: 'First' }))).toMatchObject({ status: 302 });
    expect(await save(formOf(page, { intro: 'Second' }))).toMatchObject({ status: 409, body: { values: { intro: ['Second'] } } });
  });
});
