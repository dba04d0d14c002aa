import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '#app/auth/password.server.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import { hashToken } from '#app/auth/token.server.ts';
import type { Actor } from '#app/context.ts';
import { inviteUser } from '#app/domain/people/invite-user.server.ts';
import { requestPasswordReset } from '#app/domain/people/request-password-reset.server.ts';
import { resendInvitation } from '#app/domain/people/resend-invitation.server.ts';
import { action as changePassword } from '#app/routes/account._index/route.tsx';
import { action as accept, loader as invitation } from '#app/routes/invite.$token/route.tsx';
import { action as askReset } from '#app/routes/reset/route.tsx';
import { action as reset, loader as resetPage } from '#app/routes/reset_.$token/route.tsx';
import { anOrganisation, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './browser.ts';

const { db } = await testDatabase();
const PASSWORD = 'a quiet green field';
const NEW = 'seven boats at anchor';
let ctx: ReturnType<typeof testContext>;
let owner: Actor;
let hash: string;
let made = 0;

beforeAll(async () => {
  await anOrganisation(db);
  owner = { userId: (await aUser(db, { roles: ['owner'], name: 'Grace Odell' })).id, kind: 'user' };
  hash = await hashPassword(PASSWORD);
});

beforeEach(async () => {
  ctx = testContext(db, { now: '2026-03-02T09:00:00Z' });
  await sql`truncate rate_limit`.execute(db);
});

async function someone() {
  const user = await aUser(db, { roles: ['tutor'] });
  await db.insertInto('userPassword').values({ userId: user.id, hash }).execute();
  return user;
}

async function mailsTo(address: string) {
  const rows = await db.selectFrom('mailMessage').selectAll().where('toAddress', '=', address).orderBy('createdAt').execute();
  return rows.map((row) => ({ ...row, link: (row.data as { link: string }).link }));
}

async function tokenFor(address: string): Promise<string> {
  return (await mailsTo(address)).at(-1)?.link.split('/').at(-1) ?? '';
}

async function invite() {
  const email = `invited${made++}@example.test`;
  const { userId } = await inviteUser(db, ctx, owner, { email, name: 'Ida Moss', roles: ['tutor'] });
  return { userId, email, token: await tokenFor(email) };
}

async function askForReset(email: string): Promise<string> {
  await requestPasswordReset(db, ctx, { email });
  return tokenFor(email);
}

const acceptWith = (token: string, form: Record<string, string> = {}) =>
  visit(ctx, accept, { path: `/invite/${token}`, params: { token }, form: { name: 'Ida Moss', password: NEW, ...form } });
const resetWith = (token: string, password = NEW) =>
  visit(ctx, reset, { path: `/reset/${token}`, params: { token }, form: { password } });
const passwordFits = async (userId: string, password: string) => {
  const row = await db.selectFrom('userPassword').select('hash').where('userId', '=', userId).executeTakeFirst();
  return verifyPassword(row?.hash, password);
};

describe('an invitation', () => {
  it('goes by mail to the address, says who invites and as what, and leads to our own origin', async () => {
    const { email, token } = await invite();
    const [mail] = await mailsTo(email);
    expect(mail?.template).toBe('invitation');
    expect(mail?.data).toMatchObject({ inviter: 'Grace Odell', role: 'a tutor', expiresAt: '2026-03-09T09:00:00.000Z' });
    expect(mail?.link).toBe(`http://lectern.test/invite/${token}`);
  });

  it('is stored as a hash alone', async () => {
    const { userId, token } = await invite();
    const rows = await db.selectFrom('userToken').selectAll().where('userId', '=', userId).execute();
    expect(rows).toMatchObject([{ purpose: 'invite', tokenHash: hashToken(token) }]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it('sets name and password and signs in', async () => {
    const { userId, token } = await invite();
    const answer = await acceptWith(token, { name: 'Ida Moss-Gray' });
    expect([answer.status, answer.location]).toEqual([302, '/tutor']);
    expect(answer.cookie).toMatch(/^lectern=[\w-]{43}$/);
    const user = await db.selectFrom('users').select('name').where('id', '=', userId).executeTakeFirstOrThrow();
    expect(user.name).toBe('Ida Moss-Gray');
    expect(await passwordFits(userId, NEW)).toBe(true);
  });

  it('works once, also when it is used twice at the same moment', async () => {
    const { userId, token } = await invite();
    const both = await Promise.all([acceptWith(token), acceptWith(token, { password: 'another quiet field' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect((await acceptWith(token, { password: 'yet another field' })).status).toBe(409);
    expect(await passwordFits(userId, 'yet another field')).toBe(false);
    expect((await visit(ctx, invitation, { params: { token } })).status).toBe(410);
  });

  it('is not used up by being looked at, as scanners of mails do', async () => {
    const { token } = await invite();
    for (let i = 0; i < 3; i++) {
      const page = await visit(ctx, invitation, { params: { token } });
      expect([page.status, page.body]).toMatchObject([200, { invitation: { name: 'Ida Moss', company: 'Harbour Tutoring' } }]);
    }
    expect((await acceptWith(token)).status).toBe(302);
  });

  it('ends after seven days', async () => {
    const { token } = await invite();
    ctx.setNow('2026-03-09T09:00:00Z');
    expect((await visit(ctx, invitation, { params: { token } })).status).toBe(410);
    expect((await acceptWith(token)).status).toBe(409);
  });

  it('is no reset link, and a reset link is no invitation', async () => {
    const invited = await invite();
    expect((await resetWith(invited.token)).status).toBe(409);
    const user = await someone();
    const token = await askForReset(user.email);
    expect((await acceptWith(token)).status).toBe(409);
    expect(await passwordFits(user.id, PASSWORD)).toBe(true);
  });

  it('holds for the address it was sent to, and ends when that changes', async () => {
    const { userId, token } = await invite();
    await db
      .updateTable('users')
      .set({ email: `moved${made++}@example.test` })
      .where('id', '=', userId)
      .execute();
    expect((await acceptWith(token)).status).toBe(409);
  });

  it('sent again makes the one before worthless; to somebody who has accepted it is not sent', async () => {
    const first = await invite();
    await resendInvitation(db, ctx, owner, { userId: first.userId });
    const second = await tokenFor(first.email);
    expect(second).not.toBe(first.token);
    expect((await acceptWith(first.token)).status).toBe(409);
    expect((await acceptWith(second)).status).toBe(302);
    await expect(resendInvitation(db, ctx, owner, { userId: first.userId })).rejects.toMatchObject({ code: 'already_done' });
  });

  it('refuses a password that is too easy at its field, and keeps the name that was typed', async () => {
    const { email, token } = await invite();
    for (const password of ['short', 'password123', email]) {
      const answer = await acceptWith(token, { name: 'Ida M.', password });
      expect(answer.status).toBe(400);
      expect(answer.body).toMatchObject({ errors: { password: expect.any(String) }, values: { name: 'Ida M.' } });
      expect(JSON.stringify(answer.body)).not.toContain(password);
    }
    expect((await acceptWith(token)).status).toBe(302);
  });
});

describe('a reset', () => {
  it('answers an unknown and a disabled address like a known one, in text, status and time, and mails the known one alone', async () => {
    const known = await someone();
    const disabled = await someone();
    await db.updateTable('users').set({ disabledAt: new Date() }).where('id', '=', disabled.id).execute();
    const said: string[] = [];
    const mailed: number[] = [];
    for (const email of [known.email, 'nobody@example.test', disabled.email]) {
      const start = performance.now();
      const answer = await visit(ctx, askReset, { path: '/reset', form: { email } });
      expect(performance.now() - start).toBeGreaterThanOrEqual(395);
      said.push(JSON.stringify([answer.status, answer.body]).replaceAll(email, 'ADDRESS'));
      mailed.push((await mailsTo(email)).length);
    }
    expect(new Set(said).size).toBe(1);
    expect(mailed).toEqual([1, 0, 0]);
  });

  it('sets the password, ends every session, and does not sign in', async () => {
    const user = await someone();
    await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.1', userAgent: null });
    const answer = await resetWith(await askForReset(user.email));
    expect([answer.location, answer.cookie]).toEqual(['/login?notice=password-set', undefined]);
    expect(await passwordFits(user.id, NEW)).toBe(true);
    expect(await passwordFits(user.id, PASSWORD)).toBe(false);
    const left = await db.selectFrom('signInSession').select('id').where('userId', '=', user.id).execute();
    expect(left).toEqual([]);
  });

  it('works once', async () => {
    const user = await someone();
    const token = await askForReset(user.email);
    const both = await Promise.all([resetWith(token), resetWith(token, 'another quiet field')]);
    expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
    expect((await resetWith(token, 'a third quiet field')).status).toBe(409);
    expect((await visit(ctx, resetPage, { params: { token } })).status).toBe(410);
  });

  it('ends after an hour', async () => {
    const user = await someone();
    const token = await askForReset(user.email);
    ctx.setNow('2026-03-02T10:00:00Z');
    expect((await resetWith(token)).status).toBe(409);
    expect(await passwordFits(user.id, PASSWORD)).toBe(true);
  });

  it('asked for again makes the link before worthless', async () => {
    const user = await someone();
    const first = await askForReset(user.email);
    const second = await askForReset(user.email);
    expect((await resetWith(first)).status).toBe(409);
    expect((await resetWith(second)).status).toBe(302);
  });

  it('refuses the name or address as the password', async () => {
    const user = await someone();
    const token = await askForReset(user.email);
    const answer = await resetWith(token, user.email);
    expect([answer.status, answer.body]).toMatchObject([400, { errors: { password: expect.any(String) } }]);
    expect((await resetWith(token)).status).toBe(302);
  });

  it('is sent three times an hour to one address, known or not, and then says when', async () => {
    const user = await someone();
    for (const email of [user.email, 'ghost@example.test']) {
      const statuses: number[] = [];
      for (let i = 0; i < 4; i++) {
        const answer = await visit(ctx, askReset, { path: '/reset', form: { email } });
        statuses.push(answer.status);
        if (answer.status === 429) expect(answer.body).toMatchObject({ message: expect.stringMatching(/in \d+ minutes\.$/) });
      }
      expect(statuses).toEqual([200, 200, 200, 429]);
    }
    expect(await mailsTo(user.email)).toHaveLength(3);
  });
});

describe('one’s own password', () => {
  it('is changed with the one before, ends all other sessions and any reset link, and goes on with a new session', async () => {
    const user = await someone();
    const whence = { ip: '192.0.2.1', userAgent: null };
    const [here, there] = [
      await startSession(db, ctx.clock(), user.id, whence),
      await startSession(db, ctx.clock(), user.id, whence),
    ];
    const link = await askForReset(user.email);
    const change = (current: string, password: string) =>
      visit(ctx, changePassword, {
        path: '/account?index',
        form: { intent: 'password', current, password },
        cookie: `lectern=${here}`,
      });

    const wrong = await change('not my password', NEW);
    expect([wrong.status, wrong.body]).toMatchObject([400, { errors: { current: 'This is not your current password.' } }]);
    const right = await change(PASSWORD, NEW);
    expect(right.location).toBe('/account?saved=password');
    const left = await db.selectFrom('signInSession').select('id').where('userId', '=', user.id).execute();
    expect(left).toEqual([{ id: hashToken(right.cookie?.split('=')[1] ?? '') }]);
    expect(left.map(({ id }) => id)).not.toContain(hashToken(there));
    expect((await resetWith(link, 'a third quiet field')).status).toBe(409);
    expect(await passwordFits(user.id, NEW)).toBe(true);
  });

  it('can’t be guessed from a session left open', async () => {
    const user = await someone();
    const cookie = `lectern=${await startSession(db, ctx.clock(), user.id, { ip: '192.0.2.1', userAgent: null })}`;
    const guess = (current: string) =>
      visit(ctx, changePassword, { path: '/account?index', form: { intent: 'password', current, password: NEW }, cookie });
    for (let i = 0; i < 6; i++) expect((await guess(`guess number ${i}`)).status).toBe(400);
    expect((await guess(PASSWORD)).status).toBe(429);
    expect(await passwordFits(user.id, PASSWORD)).toBe(true);
  });
});
