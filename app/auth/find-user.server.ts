import type { AppLoadContext } from '@remix-run/node';
import { type Kysely, sql } from 'kysely';
import type { DB } from '#db/types.ts';
import { readCookie } from './cookie.server.ts';
import { orderRoles } from './roles.ts';
import { findSession } from './sign-in-session.server.ts';
import type { SignedInUser } from './signed-in-user.ts';

export interface RequestArgs {
  request: Request;
  context: AppLoadContext;
}

/**
 * Who is behind a request, or null. Loaders of one page run side by side and all ask: they share one answer, kept by
 * the request's own context, so that the next request asks the database again.
 */
export function findUser({ request, context }: RequestArgs): Promise<SignedInUser | null> {
  const token = readCookie(context.config, request.headers.get('Cookie'));
  if (token === undefined) return Promise.resolve(null);
  const known = answers.get(context);
  if (known?.token === token && known.requestId === context.requestId) return known.user;
  const user = lookUp(context, token);
  answers.set(context, { token, requestId: context.requestId, user });
  return user;
}

/** After the request itself changed who is signed in. */
export function forgetUser(context: AppLoadContext): void {
  answers.delete(context);
}

const answers = new WeakMap<AppLoadContext, { token: string; requestId: string; user: Promise<SignedInUser | null> }>();

async function lookUp(context: AppLoadContext, token: string): Promise<SignedInUser | null> {
  const session = await findSession(context.db, context.clock(), token);
  return session === undefined ? null : ((await readUser(context.db, session.userId, session.id)) ?? null);
}

/** A user with roles and the records they are linked to; undefined when there is none, or disabled. */
export async function readUser(db: Kysely<DB>, userId: string, signInSessionId: string): Promise<SignedInUser | undefined> {
  const row = await db
    .selectFrom('users')
    .where('users.id', '=', userId)
    .where('users.disabledAt', 'is', null)
    .select([
      'users.id',
      'users.email',
      'users.name',
      'users.timezone',
      'users.locale',
      sql<string[]>`array(select role from user_role where user_id = users.id)`.as('roles'),
      sql<string | null>`(select id from tutor where user_id = users.id)`.as('tutorId'),
      sql<string[]>`array(select id::text from client where user_id = users.id)`.as('clientIds'),
      sql<string[]>`array(select s.id::text from student s join client c on c.id = s.client_id where c.user_id = users.id)`.as(
        'children',
      ),
      sql<string[]>`array(select id::text from student where user_id = users.id)`.as('themselves'),
      sql<string[]>`array(select g.student_id::text from student_guardian g join client c on c.id = g.client_id
        where c.user_id = users.id)`.as('guarded'),
    ])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const roles = orderRoles(row.roles);
  // A link without the role that goes with it gives nothing: a role that was taken away is taken away.
  const isClient = roles.includes('client');
  const studentIds = [...(isClient ? row.children : []), ...(roles.includes('student') ? row.themselves : [])];
  const own = new Set(studentIds);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    roles,
    tutorId: roles.includes('tutor') ? row.tutorId : null,
    clientIds: isClient ? row.clientIds : [],
    studentIds: [...own],
    guardedIds: isClient ? row.guarded.filter((id) => !own.has(id)) : [],
    timezone: row.timezone,
    locale: row.locale,
    signInSessionId,
  };
}
