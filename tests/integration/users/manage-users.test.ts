import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#app/auth/roles.ts';
import { startSession } from '#app/auth/sign-in-session.server.ts';
import type { Actor } from '#app/context.ts';
import { changeRoles } from '#app/domain/people/change-roles.server.ts';
import { disableUser } from '#app/domain/people/disable-user.server.ts';
import { enableUser } from '#app/domain/people/enable-user.server.ts';
import { inviteUser } from '#app/domain/people/invite-user.server.ts';
import { linkUserRecord } from '#app/domain/people/link-user-record.server.ts';
import { listLinkableRecords, listUsers } from '#app/domain/people/user-queries.server.ts';
import { loader as account } from '#app/routes/account._index/route.tsx';
import { action as changeUser } from '#app/routes/office.settings.users.$id/route.tsx';
import { action as inviteForm } from '#app/routes/office.settings.users.new/route.tsx';
import { aClient, anOrganisation, aTutor, aUser } from '#tests/factories/index.ts';
import { testContext } from '#tests/setup/context.ts';
import { testDatabase } from '#tests/setup/database.ts';
import { visit } from './browser.ts';

const { db } = await testDatabase();
let ctx: ReturnType<typeof testContext>;

beforeAll(async () => {
  await anOrganisation(db);
});

beforeEach(async () => {
  ctx = testContext(db);
  await db.deleteFrom('users').execute();
});

/** Somebody who can sign in. */
async function someone(...roles: Role[]) {
  const user = await aUser(db, { roles });
  await db.insertInto('userPassword').values({ userId: user.id, hash: 'x' }).execute();
  const actor: Actor = { userId: user.id, kind: 'user', requestId: 'r' };
  return { ...user, actor };
}

const cookieOf = async (userId: string) =>
  `lectern=${await startSession(db, ctx.clock(), userId, { ip: '192.0.2.1', userAgent: null })}`;
const isIn = async (cookie: string) => (await visit(ctx, account, { path: '/account', cookie })).status === 200;

async function rolesOf(userId: string): Promise<string[]> {
  const rows = await db.selectFrom('userRole').select('role').where('userId', '=', userId).orderBy('role').execute();
  return rows.map((row) => row.role);
}

describe('the last owner', () => {
  it('can neither lay the role down nor be disabled', async () => {
    const owner = await someone('owner');
    await expect(changeRoles(db, ctx, owner.actor, { userId: owner.id, roles: ['admin'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(disableUser(db, ctx, { userId: null, kind: 'system' }, { userId: owner.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await rolesOf(owner.id)).toEqual(['owner']);
  });

  it('is still the last one when the other is disabled or has not accepted yet', async () => {
    const owner = await someone('owner');
    const gone = await someone('owner');
    await disableUser(db, ctx, owner.actor, { userId: gone.id });
    await inviteUser(db, ctx, owner.actor, { email: 'later@example.test', name: 'Later', roles: ['owner'] });
    await expect(changeRoles(db, ctx, owner.actor, { userId: owner.id, roles: ['admin'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('stays when two owners take the role from each other at the same moment', async () => {
    const [one, two] = [await someone('owner'), await someone('owner')];
    const both = await Promise.allSettled([
      changeRoles(db, ctx, one.actor, { userId: two.id, roles: ['admin'] }),
      changeRoles(db, ctx, two.actor, { userId: one.id, roles: ['admin'] }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const owners = await db.selectFrom('userRole').select('userId').where('role', '=', 'owner').execute();
    expect(owners).toHaveLength(1);
  });

  it('may go once there is another', async () => {
    const [one, two] = [await someone('owner'), await someone('owner')];
    await changeRoles(db, ctx, one.actor, { userId: one.id, roles: ['tutor'] });
    expect([await rolesOf(one.id), await rolesOf(two.id)]).toEqual([['tutor'], ['owner']]);
  });
});

describe('who may change whom', () => {
  it('an administrator touches no owner: not the roles, the link, the door', async () => {
    const [owner, admin, tutor] = [await someone('owner'), await someone('admin'), await aTutor(db)];
    await someone('owner');
    const userId = owner.id;
    const forbidden = { code: 'forbidden' };
    await expect(changeRoles(db, ctx, admin.actor, { userId, roles: ['tutor'] })).rejects.toMatchObject(forbidden);
    await expect(disableUser(db, ctx, admin.actor, { userId })).rejects.toMatchObject(forbidden);
    await expect(linkUserRecord(db, ctx, admin.actor, { userId, type: 'tutor', id: tutor.id })).rejects.toMatchObject(forbidden);
    await disableUser(db, ctx, { userId: null, kind: 'system' }, { userId });
    await expect(enableUser(db, ctx, admin.actor, { userId })).rejects.toMatchObject(forbidden);
    const invite = { email: 'new@example.test', name: 'New', roles: ['owner' as const] };
    await expect(inviteUser(db, ctx, admin.actor, invite)).rejects.toMatchObject({ ...forbidden, field: 'roles' });
  });

  it('nobody raises themselves, by the form neither', async () => {
    await someone('owner');
    const admin = await someone('admin');
    const cookie = await cookieOf(admin.id);
    for (const roles of [['admin', 'owner'], ['admin', 'tutor'], ['owner']]) {
      const answer = await visit(ctx, changeUser, {
        path: `/office/settings/users/${admin.id}`,
        params: { id: admin.id },
        form: { intent: 'roles', roles },
        cookie,
      });
      expect([answer.status, answer.body]).toMatchObject([403, { errors: { roles: expect.any(String) } }]);
    }
    expect(await rolesOf(admin.id)).toEqual(['admin']);
  });

  it('somebody whose rights were taken while the page was open gets nothing done', async () => {
    await someone('owner');
    const [admin, tutor] = [await someone('admin'), await someone('tutor')];
    await changeRoles(db, ctx, { userId: null, kind: 'system' }, { userId: admin.id, roles: ['scheduler'] });
    await expect(changeRoles(db, ctx, admin.actor, { userId: tutor.id, roles: ['admin'] })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await disableUser(db, ctx, { userId: null, kind: 'system' }, { userId: admin.id });
    await expect(disableUser(db, ctx, admin.actor, { userId: tutor.id })).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('nobody disables themselves', async () => {
    const [owner] = [await someone('owner'), await someone('owner')];
    await expect(disableUser(db, ctx, owner.actor, { userId: owner.id })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a change of rights', () => {
  it('makes every session of that user worthless, and the log says what changed, by ids alone', async () => {
    const [owner, user] = [await someone('owner'), await someone('tutor')];
    const cookies = [await cookieOf(user.id), await cookieOf(user.id)];
    expect(await Promise.all(cookies.map(isIn))).toEqual([true, true]);
    await changeRoles(db, ctx, owner.actor, { userId: user.id, roles: ['scheduler', 'tutor'] });
    expect(await Promise.all(cookies.map(isIn))).toEqual([false, false]);
    const log = await db.selectFrom('auditLog').selectAll().where('subjectId', '=', user.id).execute();
    expect(log).toMatchObject([
      { action: 'user.roles', actorUserId: owner.id, before: { roles: ['tutor'] }, after: { roles: ['scheduler', 'tutor'] } },
    ]);
    expect(JSON.stringify(log, (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(user.email);
  });

  it('that changes nothing signs nobody out', async () => {
    const [owner, user] = [await someone('owner'), await someone('tutor', 'scheduler')];
    const cookie = await cookieOf(user.id);
    expect(await changeRoles(db, ctx, owner.actor, { userId: user.id, roles: ['tutor', 'scheduler'] })).toEqual({
      changed: false,
    });
    expect(await isIn(cookie)).toBe(true);
  });

  it('that disables ends the next request and the links; enabled again, the old password holds', async () => {
    const [owner, user] = [await someone('owner'), await someone('tutor')];
    const cookie = await cookieOf(user.id);
    await disableUser(db, ctx, owner.actor, { userId: user.id });
    expect(await isIn(cookie)).toBe(false);
    await enableUser(db, ctx, owner.actor, { userId: user.id });
    expect(await isIn(cookie)).toBe(false);
    expect(await isIn(await cookieOf(user.id))).toBe(true);
  });
});

describe('inviting', () => {
  it('links the new user to the tutor they are, who then is on offer no more', async () => {
    const owner = await someone('owner');
    const tutor = await aTutor(db, { firstName: 'Noor', lastName: 'Haddad' });
    const cookie = await cookieOf(owner.id);
    const form = { email: 'Noor@Example.test', name: 'Noor Haddad', roles: ['tutor'], link: `tutor:${tutor.id}` };
    const answer = await visit(ctx, inviteForm, { path: '/office/settings/users/new', form, cookie });
    expect(answer.location).toBe('/office/settings/users?invited');
    const { users } = await listUsers(db, ctx.clock(), { search: 'noor@' });
    expect(users).toMatchObject([
      {
        email: 'noor@example.test',
        status: 'invited',
        roles: ['tutor'],
        links: [{ type: 'tutor', id: tutor.id, name: 'Noor Haddad' }],
      },
    ]);
    expect((await listLinkableRecords(db)).map((record) => record.value)).not.toContain(`tutor:${tutor.id}`);
    expect(ctx.jobs).toMatchObject([{ name: 'mail.send' }]);
  });

  it('refuses an address that has a user, a record that has one, a link without its role, and writes nothing of it', async () => {
    const owner = await someone('owner');
    const taken = await someone('client');
    const client = await aClient(db, { userId: taken.id });
    const cookie = await cookieOf(owner.id);
    const good = { email: 'fresh@example.test', name: 'Fresh', roles: ['client'], link: '' };
    const refused = async (over: Record<string, string | string[]>) => {
      const form = { ...good, ...over };
      const answer = await visit(ctx, inviteForm, { path: '/office/settings/users/new', form, cookie });
      const { errors, values } = answer.body as { errors: Record<string, string>; values: Record<string, string> };
      expect(values).toMatchObject({ name: form.name, email: form.email });
      return [answer.status, Object.keys(errors)];
    };
    expect(await refused({ email: taken.email.toUpperCase() })).toEqual([409, ['email']]);
    expect(await refused({ link: `client:${client.id}` })).toEqual([409, ['link']]);
    expect(await refused({ link: `tutor:${(await aTutor(db)).id}` })).toEqual([400, ['link']]);
    expect(await refused({ link: 'client:6f1f4c1e-0000-4000-8000-000000000000' })).toEqual([404, ['link']]);
    expect(await refused({ email: 'no address', roles: [] })).toEqual([400, ['email', 'roles']]);
    expect(await refused({ email: 'a@example.test\nBcc: all@example.test' })).toEqual([400, ['email']]);
    expect(await refused({ roles: ['emperor'] })).toEqual([400, ['roles']]);
    expect((await listUsers(db, ctx.clock(), {})).total).toBe(2);
    expect(ctx.jobs).toEqual([]);
  });
});

describe('the list', () => {
  it('finds by part of name or address, takes what was typed as it is, and turns pages', async () => {
    for (let i = 0; i < 55; i++) await aUser(db, { roles: ['student'], name: `Pupil ${String(i).padStart(2, '0')}` });
    await aUser(db, { roles: ['tutor'], name: '100% Percy_' });
    const first = await listUsers(db, ctx.clock(), { search: 'pupil' });
    const second = await listUsers(db, ctx.clock(), { search: 'pupil', page: 2 });
    expect([first.users.length, second.users.length, first.total]).toEqual([50, 5, 55]);
    expect(new Set([...first.users, ...second.users].map((user) => user.id)).size).toBe(55);
    expect((await listUsers(db, ctx.clock(), { search: '0%' })).users.map((user) => user.name)).toEqual(['100% Percy_']);
    expect((await listUsers(db, ctx.clock(), { role: 'tutor' })).total).toBe(1);
  });
});
