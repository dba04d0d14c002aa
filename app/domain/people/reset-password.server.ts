import type { Kysely } from 'kysely';
import { hashPassword } from '#app/auth/password.server.ts';
import { passwordProblem } from '#app/auth/password-rules.ts';
import type { DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { signOutEverywhere } from './user-access.server.ts';
import { findLinkOwner, useLink, voidLinks } from './user-token.server.ts';
import { writePassword } from './write-password.server.ts';

/**
 * Uses a reset link up: a new password, and every session ends. It does not sign in, so that whatever is asked at
 * signing in is asked. Throws already_done for a link that doesn't hold, invalid_value for a password too easy.
 */
export async function resetPassword(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: { token: string; password: string },
): Promise<{ userId: string }> {
  const owner = await findLinkOwner(db, ctx.clock(), 'reset', input.token);
  const problem = passwordProblem(input.password, owner === undefined ? [] : [owner.name, owner.email]);
  if (problem !== undefined) throw new DomainError('invalid_value', problem, { field: 'password' });
  const hash = await hashPassword(input.password);
  return db.transaction().execute(async (trx) => {
    const now = ctx.clock();
    const { userId } = await useLink(trx, now, 'reset', input.token);
    await writePassword(trx, userId, hash, now);
    // An invitation that was never accepted has done its work.
    await voidLinks(trx, 'invite', userId, now);
    await signOutEverywhere(trx, userId);
    await audit(trx, { userId, kind: 'user' }, { action: 'user.reset', subjectType: 'user', subjectId: userId });
    return { userId };
  });
}
