import type { Kysely, Transaction } from 'kysely';
import type { Role } from '#app/auth/roles.ts';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import type { DB } from '#db/types.ts';
import { currentActor, getUserForChange, lockUsers, mustManage } from './user-access.server.ts';
import { issueLink } from './user-token.server.ts';

const AS: Record<Role, string> = {
  owner: 'an owner',
  admin: 'an administrator',
  scheduler: 'a scheduler',
  tutor: 'a tutor',
  client: 'a client',
  student: 'a student',
};

/** Mails a fresh link to somebody who has not accepted yet; the link before stops working. */
export async function resendInvitation(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { userId }: { userId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const user = await getUserForChange(trx, userId);
    mustManage(await currentActor(trx, actor), user.roles);
    if (user.disabledAt !== null) throw new DomainError('already_done', 'This user is disabled. Enable them first.');
    const accepted = await trx.selectFrom('userPassword').where('userId', '=', userId).select('userId').executeTakeFirst();
    if (accepted !== undefined) {
      throw new DomainError(
        'already_done',
        'This user has accepted already. They can choose a new password on the sign-in page.',
      );
    }
    await audit(trx, actor, {
      action: 'user.invite_again',
      subjectType: 'user',
      subjectId: userId,
    });
    await sendInvitation(trx, ctx, actor, user);
  });
}

export async function sendInvitation(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  user: { id: string; email: string; name: string; roles: readonly Role[] },
): Promise<void> {
  const link = await issueLink(trx, ctx, 'invite', user);
  const inviter =
    actor.userId === null
      ? undefined
      : await trx.selectFrom('users').where('id', '=', actor.userId).select('name').executeTakeFirst();
  const company = await trx.selectFrom('organisation').select('name').executeTakeFirst();
  await queueMail(trx, ctx, {
    template: 'invitation',
    to: { name: user.name, address: user.email },
    userId: user.id,
    data: {
      link: link.url,
      inviter: inviter?.name || company?.name || 'Lectern',
      role: user.roles.map((role) => AS[role]).join(' and '),
      expiresAt: link.expiresAt.toISOString(),
    },
  });
}
