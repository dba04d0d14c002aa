import type { Kysely } from 'kysely';
import { hashPassword, verifyPassword } from '#app/auth/password.server.ts';
import { passwordProblem } from '#app/auth/password-rules.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { signOutEverywhere } from './user-access.server.ts';
import { voidLinks } from './user-token.server.ts';
import { writePassword } from './write-password.server.ts';

/** One's own password, proved by the one before. Every session ends: the caller signs this one in again. */
export async function changePassword(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor & { userId: string },
  input: { current: string; password: string },
): Promise<void> {
  const user = await db
    .selectFrom('users')
    .leftJoin('userPassword', 'userPassword.userId', 'users.id')
    .where('users.id', '=', actor.userId)
    .where('users.disabledAt', 'is', null)
    .select(['users.name', 'users.email', 'userPassword.hash'])
    .executeTakeFirst();
  if (!(await verifyPassword(user?.hash ?? undefined, input.current)) || user === undefined) {
    throw new DomainError('invalid_value', 'This is not your current password.', { field: 'current' });
  }
  const problem = passwordProblem(input.password, [user.name, user.email]);
  if (problem !== undefined) throw new DomainError('invalid_value', problem, { field: 'password' });
  const hash = await hashPassword(input.password);
  await db.transaction().execute(async (trx) => {
    const now = ctx.clock();
    await writePassword(trx, actor.userId, hash, now);
    await voidLinks(trx, 'reset', actor.userId, now);
    await signOutEverywhere(trx, actor.userId);
    await audit(trx, actor, {
      action: 'user.password',
      subjectType: 'user',
      subjectId: actor.userId,
    });
  });
}
