import type { Insertable, Kysely, Selectable } from 'kysely';
import type { Role } from '#app/auth/roles.ts';
import type { DB } from '#db/types.ts';
import { nextNumber } from './sequence.ts';

/** Someone who signs in; a person of the business is linked by that person's `userId`: `aTutor(db, { userId })`. */
export async function aUser(
  db: Kysely<DB>,
  over: Partial<Insertable<DB['users']>> & { roles?: Role[] } = {},
): Promise<Selectable<DB['users']> & { roles: Role[] }> {
  const n = nextNumber();
  const { roles = ['admin'], ...columns } = over;
  const user = await db
    .insertInto('users')
    .values({ email: `user${n}@example.test`, name: `User ${n}`, ...columns })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (roles.length > 0) {
    await db
      .insertInto('userRole')
      .values(roles.map((role) => ({ userId: user.id, role })))
      .execute();
  }
  return { ...user, roles };
}
