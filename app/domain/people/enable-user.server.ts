import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import type { DB } from '#db/types.ts';
import { currentActor, getUserForChange, lockUsers, mustManage } from './user-access.server.ts';

/** Lets a disabled user in again, with the password they had. Throws forbidden, not_found. */
export async function enableUser(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { userId }: { userId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const user = await getUserForChange(trx, userId);
    mustManage(await currentActor(trx, actor), user.roles);
    if (user.disabledAt === null) return;
    await trx.updateTable('users').set({ disabledAt: null }).where('id', '=', user.id).execute();
    await audit(trx, actor, {
      action: 'user.enable',
      subjectType: 'user',
      subjectId: user.id,
    });
  });
}
