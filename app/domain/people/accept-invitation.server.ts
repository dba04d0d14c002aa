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
 * Uses an invitation up: the name and the password are set.
 * Throws already_done for a link that doesn't hold, invalid_value for a password too easy.
 */
export async function acceptInvitation(
  db: Kysely<DB>,
  ctx: DomainContext,
  input: { token: string; name: string; password: string },
): Promise<{ userId: string }> {
  const owner = await findLinkOwner(db, ctx.clock(), 'invite', input.token);
  const problem = passwordProblem(input.password, [input.name, ...(owner === undefined ? [] : [owner.email])]);
  if (problem !== undefined) throw new DomainError('invalid_value', problem, { field: 'password' });
  const hash = await hashPassword(input.password);
  return db.transaction().execute(async (trx) => {
    const now = ctx.clock();
    const { userId } = await useLink(trx, now, 'invite', input.token);
    await trx.updateTable('users').set({ name: input.name }).where('id', '=', userId).execute();
    await writePassword(trx, userId, hash, now);
    await voidLinks(trx, 'reset', userId, now);
    await signOutEverywhere(trx, userId);
    await audit(trx, { userId, kind: 'user' }, { action: 'user.accept', subjectType: 'user', subjectId: userId });
    return { userId };
  });
}
