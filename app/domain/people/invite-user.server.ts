import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { sendInvitation } from './resend-invitation.server.ts';
import type { InviteUserInput } from './user.schema.ts';
import { currentActor, lockUsers, mustManage, writeRoles } from './user-access.server.ts';
import { linkUser } from './user-link.server.ts';
import { roleChangeProblem } from './user-rules.ts';

/**
 * Adds a user without a password and mails them a link to choose one.
 * Throws forbidden, conflict (the address or the record has a user), not_found (the record).
 */
export async function inviteUser(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: InviteUserInput,
): Promise<{ userId: string }> {
  return db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const by = await currentActor(trx, actor);
    mustManage(by, []);
    const problem = roleChangeProblem({
      actor: by,
      userId: null,
      before: [],
      after: input.roles,
    });
    if (problem !== undefined) throw new DomainError('forbidden', problem, { field: 'roles' });
    const userId = await addUser(trx, input);
    await writeRoles(trx, userId, input.roles);
    if (input.link !== undefined) await linkUser(trx, { userId, roles: input.roles, link: input.link });
    await audit(trx, actor, {
      action: 'user.invite',
      subjectType: 'user',
      subjectId: userId,
      after: { roles: input.roles, link: input.link ?? null },
    });
    await sendInvitation(trx, ctx, actor, {
      id: userId,
      email: input.email,
      name: input.name,
      roles: input.roles,
    });
    return { userId };
  });
}

/** The row of a user whose address must be new. */
export async function addUser(
  trx: Kysely<DB>,
  input: { email: string; name: string; timezone?: string | null },
): Promise<string> {
  const added = await trx
    .insertInto('users')
    .values({
      email: input.email,
      name: input.name,
      timezone: input.timezone ?? null,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) {
    throw new DomainError('conflict', 'There is a user with this address already. Look in the list, also among the disabled.', {
      field: 'email',
    });
  }
  return added.id;
}
