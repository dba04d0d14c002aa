import { sql, type Transaction } from 'kysely';
import { orderRoles, type Role } from '#app/auth/roles.ts';
import type { Actor } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { RoleChange } from './user-rules.ts';

/** Changes of users happen one after the other: two owners can't remove each other at the same time. */
export async function lockUsers(trx: Transaction<DB>): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('users', 0))`.execute(trx);
}

export async function rolesOf(trx: Transaction<DB>, userId: string): Promise<Role[]> {
  const rows = await trx.selectFrom('userRole').where('userId', '=', userId).select('role').execute();
  return orderRoles(rows.map((row) => row.role));
}

/** The actor as the database knows them now, under the lock, not as the page knew them. */
export async function currentActor(trx: Transaction<DB>, actor: Actor): Promise<RoleChange['actor']> {
  if (actor.kind !== 'user') return null;
  if (actor.userId === null) throw new DomainError('forbidden', 'Sign in first.');
  const user = await trx
    .selectFrom('users')
    .where('id', '=', actor.userId)
    .where('disabledAt', 'is', null)
    .select('id')
    .executeTakeFirst();
  if (user === undefined) throw new DomainError('forbidden', 'Your account is no longer active.');
  return { userId: user.id, roles: await rolesOf(trx, user.id) };
}

/** Throws `forbidden` unless the actor may touch a user with these roles at all. */
export function mustManage(actor: RoleChange['actor'], target: readonly Role[]): void {
  if (actor === null || actor.roles.includes('owner')) return;
  if (!actor.roles.includes('admin')) throw new DomainError('forbidden', 'Only owners and administrators manage users.');
  if (target.includes('owner')) throw new DomainError('forbidden', 'Only an owner can make or change an owner.');
}

export async function getUserForChange(trx: Transaction<DB>, userId: string) {
  const user = await trx
    .selectFrom('users')
    .where('id', '=', userId)
    .select(['id', 'email', 'name', 'disabledAt'])
    .executeTakeFirst();
  if (user === undefined) throw new DomainError('not_found', 'This user is not there.');
  return { ...user, roles: await rolesOf(trx, userId) };
}

/** Throws when nobody but this user could still sign in as an owner. */
export async function mustNotBeLastOwner(trx: Transaction<DB>, userId: string): Promise<void> {
  const other = await trx
    .selectFrom('userRole')
    .innerJoin('users', 'users.id', 'userRole.userId')
    .innerJoin('userPassword', 'userPassword.userId', 'users.id')
    .where('userRole.role', '=', 'owner')
    .where('users.disabledAt', 'is', null)
    .where('users.id', '<>', userId)
    .select('users.id')
    .executeTakeFirst();
  if (other === undefined) {
    throw new DomainError('forbidden', 'This is the last owner who can sign in. Make somebody else an owner first.');
  }
}

/** Every token that was out there is worthless from now on: their next request has to sign in. */
export async function signOutEverywhere(trx: Transaction<DB>, userId: string, except?: string): Promise<void> {
  let query = trx.deleteFrom('signInSession').where('userId', '=', userId);
  if (except !== undefined) query = query.where('id', '<>', except);
  await query.execute();
}

export async function writeRoles(trx: Transaction<DB>, userId: string, roles: readonly Role[]): Promise<void> {
  await trx.deleteFrom('userRole').where('userId', '=', userId).execute();
  await trx
    .insertInto('userRole')
    .values(roles.map((role) => ({ userId, role })))
    .execute();
}
