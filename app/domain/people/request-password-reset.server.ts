import type { Kysely } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { queueMail } from '#app/domain/messages/queue-mail.server.ts';
import type { DB } from '#db/types.ts';
import { issueLink } from './user-token.server.ts';

/**
 * Mails a link to choose a new password, if the address has an account that may sign in. Says nothing about whether it
 * has; the caller must answer both alike, also in time. Somebody who was invited and never accepted gets one too: the
 * link proves the same.
 */
export async function requestPasswordReset(db: Kysely<DB>, ctx: DomainContext, { email }: { email: string }): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom('users')
      .where('email', '=', email)
      .where('disabledAt', 'is', null)
      .select(['id', 'email', 'name', 'timezone'])
      .executeTakeFirst();
    if (user === undefined) return;
    const link = await issueLink(trx, ctx, 'reset', user);
    await audit(trx, { userId: null, kind: 'system' }, { action: 'user.reset_asked', subjectType: 'user', subjectId: user.id });
    await queueMail(trx, ctx, {
      template: 'reset',
      to: { name: user.name, address: user.email },
      userId: user.id,
      data: {
        link: link.url,
        expiresAt: link.expiresAt.toISOString(),
        ...(user.timezone === null ? {} : { zone: user.timezone }),
      },
    });
  });
}
