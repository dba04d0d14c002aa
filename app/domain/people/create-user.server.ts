import type { Kysely } from 'kysely';
import { hashPassword } from '#app/auth/password.server.ts';
import { passwordProblem } from '#app/auth/password-rules.ts';
import type { Role } from '#app/auth/roles.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { addUser } from './invite-user.server.ts';
import { lockUsers, writeRoles } from './user-access.server.ts';
import { type IssuedLink, issueLink } from './user-token.server.ts';
import { writePassword } from './write-password.server.ts';

/**
 * A user from the command line: with a password, or with a link to choose one, which is returned and not mailed.
 * Throws conflict (address taken), invalid_value (password too easy).
 */
export async function createUser(
  db: Kysely<DB>,
  ctx: Pick<DomainContext, 'clock' | 'config'>,
  actor: Actor,
  input: {
    email: string;
    name: string;
    roles: readonly Role[];
    password?: string | undefined;
  },
): Promise<{ userId: string; link: IssuedLink | undefined }> {
  const problem = input.password === undefined ? undefined : passwordProblem(input.password, [input.name, input.email]);
  if (problem !== undefined) throw new DomainError('invalid_value', problem, { field: 'password' });
  const hash = input.password === undefined ? undefined : await hashPassword(input.password);
  return inTransaction(db, async (trx) => {
    await lockUsers(trx);
    const userId = await addUser(trx, input);
    await writeRoles(trx, userId, input.roles);
    await audit(trx, actor, {
      action: 'user.create',
      subjectType: 'user',
      subjectId: userId,
      after: { roles: input.roles },
    });
    if (hash !== undefined) await writePassword(trx, userId, hash, ctx.clock());
    const link =
      hash === undefined
        ? await issueLink(trx, ctx, 'invite', {
            id: userId,
            email: input.email,
          })
        : undefined;
    return { userId, link };
  });
}
