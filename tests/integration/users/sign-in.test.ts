import * as argon2 from '@node-rs/argon2';
import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashPassword } from '#app/auth/password.server.ts';
import { loader as accountLoader } from '#app/routes/account._index/route.tsx';
import { action as sessionsAction, loader as sessionsLoader } from '#app/routes/account.sessions/route.tsx';
import { action as login, loader as loginLoader } from '#app/routes/login/route.tsx';
import { action as logout } from '#app/routes/logout/route.ts';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './browser.ts';

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});

const { db } = await testDatabase();
const PASSWORD = 'a quiet green field';
const NOW = '2026-03-02T09:00:00Z';
let ctx: Awaited<ReturnType<typeof testContext>>;
let hash: string;

beforeAll(async () => {
  await anOrganisation(db);
  hash = await hashPassword(PASSWORD);
});

beforeEach(async () => {
  ctx = testContext(db, { now: NOW });
  await sql`truncate rate_limit`.execute(db);
  vi.mocked(argon2.verify).mockClear();
});

async function someone(over: Parameters<typeof aUser>[1] = {}) {
  const user = await aUser(db, { roles: ['scheduler'], ...over });
  await db.insertInto('userPassword').values({ userId: user.id, hash }).execute();
  return user;
}

const signIn = (email: string, over: { password?: string; ip?: string; to?: string; cookie?: string } = {}) =>
  visit(ctx, login, {
    path: '/login',
    form: { email, password: over.password ?? PASSWORD, to: over.to ?? '' },
    ...(over.ip === undefined ? {} : { ip: over.ip }),
    cookie: over.cookie,
  });

const isIn = async (cookie: string | undefined) => (await visit(ctx, accountLoader, { path: '/account', cookie })).status === 200;

describe('signing in', () => {
  it('leads to the page that was asked for, in whatever case the address is typed', async () => {
    const user = await someone();
    const answer = await signIn(` ${user.email.toUpperCase()} `, { to: '/office/sessions?day=1' });
    expect([answer.status, answer.location]).toEqual([302, '/office/sessions?day=1']);
    expect(await isIn(answer.cookie)).toBe(true);
  });

  it('leads home instead of to another site', async () => {
    const user = await someone({ roles: ['tutor'] });
    expect((await signIn(user.email, { to: 'https://evil.example' })).location).toBe('/tutor');
    expect((await signIn(user.email, { to: '//evil.example' })).location).toBe('/tutor');
  });

  it('puts a cookie no script can read, and stores nothing of it but its hash', async () => {
    const user = await someone();
    const answer = await signIn(user.email);
    const header = answer.headers.get('Set-Cookie') ?? '';
    expect(header).toMatch(/^lectern=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
    const token = header.slice('lectern='.length, header.indexOf(';'));
    const stored = await db.selectFrom('signInSession').selectAll().where('userId', '=', user.id).execute();
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(stored[0]).toMatchObject({ ip: '192.0.2.7', userAgent: expect.stringContaining('Firefox') });
  });

  it('binds the cookie to host and https where the company’s address is https', async () => {
    const user = await someone();
    const https = { ...ctx, config: { ...ctx.config, origin: 'https://lectern.test' } };
    const answer = await visit(https, login, { path: '/login', form: { email: user.email, password: PASSWORD } });
    expect(answer.headers.get('Set-Cookie')).toMatch(/^__Host-lectern=[\w-]{43}; Path=\/; .*; Secure$/);
    expect((await visit(https, accountLoader, { cookie: answer.cookie })).status).toBe(200);
    const sameTokenByPlainName = answer.cookie?.replace('__Host-', '');
    expect((await visit(https, accountLoader, { cookie: sameTokenByPlainName })).status).toBe(302);
  });

  it('makes a new session and ends the one the browser came with', async () => {
    const user = await someone();
    const first = await signIn(user.email);
    const second = await signIn(user.email, { cookie: first.cookie ?? '' });
    expect(second.cookie).not.toBe(first.cookie);
    expect(await isIn(first.cookie)).toBe(false);
    expect(await isIn(second.cookie)).toBe(true);
  });

  it('says and does the same for a wrong password, an unknown address, a disabled user and one who never accepted', async () => {
    const wrong = await someone();
    const disabled = await someone({ disabledAt: new Date(NOW) });
    const invited = await aUser(db, { roles: ['tutor'] });
    const answers: unknown[] = [];
    for (const [email, password] of [
      [wrong.email, 'not the password'],
      ['nobody@example.test', PASSWORD],
      [disabled.email, PASSWORD],
      [invited.email, PASSWORD],
    ] as const) {
      vi.mocked(argon2.verify).mockClear();
      const { status, body, cookie } = await signIn(email, { password });
      const { values, ...said } = body as { values: object };
      expect(values).toEqual({ email });
      // The same costly check each time: else the time of the answer tells them apart.
      answers.push({ status, said, cookie, checks: vi.mocked(argon2.verify).mock.calls.length });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 400, cookie: undefined, checks: 1 });
  });

  it('gives a signed-in reader their home, and the form to whoever wants to be somebody else', async () => {
    const user = await someone();
    const { cookie } = await signIn(user.email);
    expect((await visit(ctx, loginLoader, { path: '/login', cookie })).location).toBe('/office');
    expect((await visit(ctx, loginLoader, { path: '/login?switch', cookie })).body).toMatchObject({ signedInAs: user.name });
  });

  it('offers no demo accounts where it is no demo', async () => {
    await aUser(db, { email: 'owner@demo.test', roles: ['owner'] });
    expect((await visit(ctx, loginLoader, { path: '/login' })).body).toMatchObject({ demo: [] });
    expect((await visit(ctx, login, { path: '/login', form: { demo: 'owner@demo.test' } })).status).toBe(400);
    const demo = { ...ctx, config: { ...ctx.config, demo: true } };
    expect((await visit(demo, loginLoader, { path: '/login' })).body).toMatchObject({ demo: [{ email: 'owner@demo.test' }] });
  });
});

describe('limits', () => {
  it('after six wrong tries on one account from one address even the right password waits, and is told how long', async () => {
    const user = await someone();
    for (let i = 0; i < 6; i++) expect((await signIn(user.email, { password: 'wrong' })).status).toBe(400);
    const blocked = await signIn(user.email);
    expect(blocked.status).toBe(429);
    expect(blocked.body).toMatchObject({
      message: 'Too many tries. Please try again in 15 minutes.',
      values: { email: user.email },
    });
    const wait = Number(blocked.headers.get('Retry-After'));
    expect(wait).toBeGreaterThan(14 * 60);
    expect(wait).toBeLessThanOrEqual(15 * 60);
    // Others are not kept out by it: neither the owner of the account elsewhere, nor colleagues at the same address.
    expect((await signIn(user.email, { ip: '203.0.113.5' })).status).toBe(302);
    expect((await signIn((await someone()).email)).status).toBe(302);
  });

  it('an unknown address is limited like a known one', async () => {
    for (let i = 0; i < 6; i++) await signIn('ghost@example.test');
    expect((await signIn('ghost@example.test')).status).toBe(429);
  });

  it('somebody who mistypes and then gets in starts afresh', async () => {
    const user = await someone();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 5; i++) await signIn(user.email, { password: 'wrong' });
      expect((await signIn(user.email)).status).toBe(302);
    }
  });

  it('guessing one account from ever new addresses ends as well', async () => {
    const user = await someone();
    const tries = Array.from({ length: 40 }, (_, i) => signIn(user.email, { password: 'wrong', ip: `198.51.100.${i}` }));
    expect((await Promise.all(tries)).every(({ status }) => status === 400)).toBe(true);
    expect((await signIn(user.email, { ip: '198.51.100.200' })).status).toBe(429);
  });

  it('a list of leaked passwords tried from one network ends, whichever of its addresses is used', async () => {
    const tries = Array.from({ length: 60 }, (_, i) => signIn(`person${i}@example.test`, { ip: `2001:db8:1:2::${i + 1}` }));
    expect((await Promise.all(tries)).every(({ status }) => status === 400)).toBe(true);
    expect((await signIn('person99@example.test', { ip: '2001:db8:1:2:ffff::1' })).status).toBe(429);
    expect((await signIn('person99@example.test', { ip: '2001:db8:1:3::1' })).status).toBe(400);
  });

  it('keeps no address and no network in the open', async () => {
    await signIn('secret.person@example.test', { ip: '203.0.113.77', password: 'wrong' });
    const rows = await db.selectFrom('rateLimit').selectAll().execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map((row) => row.key).join()).not.toMatch(/secret|203\.0/);
  });
});

describe('a session ends', () => {
  it('with its user being disabled, at the next request', async () => {
    const user = await someone();
    const { cookie } = await signIn(user.email);
    expect(await isIn(cookie)).toBe(true);
    await db
      .updateTable('users')
      .set({ disabledAt: new Date(NOW) })
      .where('id', '=', user.id)
      .execute();
    expect(await isIn(cookie)).toBe(false);
  });

  it('when nobody used it for a week', async () => {
    const user = await someone();
    const { cookie } = await signIn(user.email);
    await sql`update sign_in_session set expires_at = now() - interval '1 second' where user_id = ${user.id}`.execute(db);
    expect(await isIn(cookie)).toBe(false);
  });

  it('is used and goes on, but no longer than thirty days', async () => {
    const user = await someone();
    const { cookie } = await signIn(user.email);
    const daysLeft = async () => {
      const { rows } = await sql<{ days: number }>`
        select extract(epoch from expires_at - now())::float / 86400 as days from sign_in_session where user_id = ${user.id}`.execute(
        db,
      );
      return rows[0]?.days ?? 0;
    };
    await sql`update sign_in_session set expires_at = now() + interval '3 days' where user_id = ${user.id}`.execute(db);
    ctx.setNow('2026-04-01T08:59:00Z');
    expect(await isIn(cookie)).toBe(true);
    expect(await daysLeft()).toBeGreaterThan(6.9);
    ctx.setNow('2026-04-01T09:00:00Z');
    expect(await isIn(cookie)).toBe(false);
  });

  it('at signing out, for the server too and not only in the browser', async () => {
    const user = await someone();
    const { cookie } = await signIn(user.email);
    const out = await visit(ctx, logout, { path: '/logout', form: {}, cookie });
    expect(out.headers.get('Set-Cookie')).toMatch(/^lectern=; .*Max-Age=0$/);
    expect(await isIn(cookie)).toBe(false);
  });

  it('when its owner ends it from another device, and nobody else can', async () => {
    const [mine, other] = [await someone(), await someone()];
    const phone = await signIn(mine.email);
    const desk = await signIn(mine.email);
    const stranger = await signIn(other.email);
    const list = await visit(ctx, sessionsLoader, { path: '/account/sessions', cookie: desk.cookie });
    const { sessions } = list.body as { sessions: { id: string; device: string; current: boolean }[] };
    expect(sessions.map(({ device, current }) => [device, current])).toContainEqual(['Firefox on Linux', true]);
    const phoneId = sessions.find((session) => !session.current)?.id ?? '';

    const end = { path: '/account/sessions', form: { session: phoneId } };
    await visit(ctx, sessionsAction, { ...end, cookie: stranger.cookie });
    expect(await isIn(phone.cookie)).toBe(true);
    await visit(ctx, sessionsAction, { ...end, cookie: desk.cookie });
    expect(await isIn(phone.cookie)).toBe(false);
    expect(await isIn(desk.cookie)).toBe(true);
  });

  it('with all others at once, but not the one in use', async () => {
    const user = await someone();
    const [first, second, third] = [await signIn(user.email), await signIn(user.email), await signIn(user.email)];
    await visit(ctx, sessionsAction, { path: '/account/sessions', form: { intent: 'others' }, cookie: second?.cookie });
    expect([await isIn(first?.cookie), await isIn(second?.cookie), await isIn(third?.cookie)]).toEqual([false, true, false]);
  });
});

it('whoever is not signed in is sent to sign in, whatever the cookie says', async () => {
  for (const cookie of [undefined, 'lectern=', 'lectern=%', `lectern=${'a'.repeat(43)}`, 'lectern=%E0%A4%A; x=y']) {
    const answer = await visit(ctx, accountLoader, { path: '/account?saved=account', cookie });
    expect([answer.status, answer.location]).toEqual([302, '/login?to=%2Faccount%3Fsaved%3Daccount']);
  }
});
