import { beforeEach, describe, expect, it } from 'vitest';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { command } from '#app/cli/commands/user-create.ts';
import { loader as accountLoader } from '#app/routes/account._index/route.tsx';
import { loader as invitation } from '#app/routes/invite.$token/route.tsx';
import { loader as loginLoader } from '#app/routes/login/route.tsx';
import { action as setUp, loader as setUpPage } from '#app/routes/setup/route.tsx';
import { anOrganisation } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './browser.ts';

// One database each: whether there is a user is remembered once there is one.
const GOOD = {
  company: 'Meadowbrook Tutoring',
  timezone: 'Europe/Dublin',
  currency: 'EUR',
  locale: 'en-IE',
  name: 'Grace Odell',
  email: 'grace@example.test',
  password: 'a quiet green field',
};

describe('the first run', async () => {
  const { db } = await testDatabase();
  const ctx = testContext(db);
  const send = (over: Partial<typeof GOOD> = {}, ip?: string) =>
    visit(ctx, setUp, { path: '/setup', form: { ...GOOD, ...over }, ...(ip === undefined ? {} : { ip }) });

  it('leads from the sign-in page to the set-up', async () => {
    expect((await visit(ctx, loginLoader, { path: '/login' })).location).toBe('/setup');
    expect((await visit(ctx, setUpPage, { path: '/setup' })).body).toMatchObject({ needsOwner: true, needsCompany: true });
  });

  it('names every field that is wrong, keeps what was typed but the password, and writes nothing', async () => {
    const answer = await send({ company: ' ', timezone: 'Mars/Olympus', currency: 'XQQ', email: 'grace', password: 'short' });
    expect(answer.status).toBe(400);
    const { errors, values } = answer.body as { errors: object; values: object };
    expect(Object.keys(errors).sort()).toEqual(['company', 'currency', 'email', 'password', 'timezone']);
    expect(values).toMatchObject({ name: 'Grace Odell', email: 'grace', timezone: 'Mars/Olympus' });
    expect(values).not.toHaveProperty('password');
    expect((await send({ password: 'Meadowbrook Tutoring' })).body).toMatchObject({ errors: { password: expect.any(String) } });
    expect(await db.selectFrom('users').select('id').execute()).toEqual([]);
    expect(await db.selectFrom('organisation').select('id').execute()).toEqual([]);
  });

  it('makes one owner and one company when several send it at the same moment, and is gone then', async () => {
    const all = await Promise.all(Array.from({ length: 5 }, (_, i) => send({ email: `owner${i}@example.test` }, `192.0.2.${i}`)));
    expect(all.map(({ location }) => location).sort()).toEqual(['/login', '/login', '/login', '/login', '/office']);
    const users = await db.selectFrom('users').innerJoin('userRole', 'userId', 'id').select(['users.id', 'role']).execute();
    expect(users).toMatchObject([{ role: 'owner' }]);
    const company = await db.selectFrom('organisation').selectAll().executeTakeFirstOrThrow();
    expect(company).toMatchObject({ name: 'Meadowbrook Tutoring', timezone: 'Europe/Dublin', currency: 'EUR', locale: 'en-IE' });

    const winner = all.find(({ location }) => location === '/office');
    expect((await visit(ctx, accountLoader, { path: '/account', cookie: winner?.cookie })).status).toBe(200);
    expect((await visit(ctx, setUpPage, { path: '/setup' })).status).toBe(404);
    expect((await send({ email: 'late@example.test' })).location).toBe('/login');
    expect(await db.selectFrom('users').select('id').execute()).toHaveLength(1);
    expect((await visit(ctx, loginLoader, { path: '/login' })).status).toBe(200);
  });
});

describe('after an import into an empty database', async () => {
  const { db } = await testDatabase();
  const ctx = testContext(db);

  it('the company stays as it was imported, and the owner alone is asked for', async () => {
    await anOrganisation(db, { name: 'As Imported', currency: 'GBP' });
    expect((await visit(ctx, setUpPage, { path: '/setup' })).body).toMatchObject({ needsOwner: true, needsCompany: false });
    expect((await visit(ctx, setUp, { path: '/setup', form: GOOD })).location).toBe('/office');
    const company = await db.selectFrom('organisation').select(['name', 'currency']).execute();
    expect(company).toEqual([{ name: 'As Imported', currency: 'GBP' }]);
  });
});

describe('lectern user create', async () => {
  const { db } = await testDatabase();
  const ctx = testContext(db);
  const printed: string[] = [];
  const write = (text: string) => void printed.push(text);
  const io = { print: write, complain: write };
  const run = (options: Record<string, string>) => command.run(ctx, { positionals: [], options }, io);

  beforeEach(() => {
    printed.length = 0;
  });

  it('prints a link that works once instead of mailing it; then the owner names the company', async () => {
    expect(await run({ email: 'owner@example.test', name: 'Olive Owner', role: 'owner,tutor' })).toBe(0);
    const token = /\/invite\/([\w-]{43})$/.exec(printed.at(-1) ?? '')?.[1] ?? '';
    expect((await visit(ctx, invitation, { params: { token } })).body).toMatchObject({
      invitation: { email: 'owner@example.test' },
    });
    expect(ctx.jobs).toEqual([]);

    const { id } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow();
    const cookie = `lectern=${await startSession(db, ctx.clock(), id, { ip: '192.0.2.1', userAgent: null })}`;
    expect((await visit(ctx, setUpPage, { path: '/setup' })).location).toBe('/login?to=%2Fsetup');
    expect((await visit(ctx, setUpPage, { path: '/setup', cookie })).body).toMatchObject({
      needsOwner: false,
      needsCompany: true,
    });
    const { company, timezone, currency, locale } = GOOD;
    const form = { company, timezone, currency, locale };
    expect((await visit(ctx, setUp, { path: '/setup', form, cookie })).location).toBe('/office');
    expect((await visit(ctx, setUpPage, { path: '/setup', cookie })).location).toBe('/');
  });

  it('refuses an address that is there with 1, and words it doesn’t know with the usage', async () => {
    expect(await run({ email: 'OWNER@example.test', name: 'Again', role: 'admin' })).toBe(1);
    expect(printed.join()).toContain('There is a user with this address already');
    await expect(run({ email: 'x@example.test', name: 'X', role: 'emperor' })).rejects.toMatchObject({ code: 'usage' });
    await expect(run({ email: 'nonsense', name: 'X', role: 'admin' })).rejects.toMatchObject({ code: 'usage' });
    await expect(run({ name: 'X', role: 'admin' })).rejects.toMatchObject({ code: 'usage' });
    expect(await db.selectFrom('users').select('email').execute()).toHaveLength(1);
  });
});
