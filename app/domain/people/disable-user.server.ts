import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import {
  currentActor,
  getUserForChange,
  lockUsers,
  mustManage,
  mustNotBeLastOwner,
  signOutEverywhere,
} from './user-access.server.ts';
import { voidLinks } from './user-token.server.ts';

/** Keeps a user out from their next request on. What they did stays. Throws forbidden, not_found. */
export async function disableUser(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { userId }: { userId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const by = await currentActor(trx, actor);
    const user = await getUserForChange(trx, userId);
    mustManage(by, user.roles);
    if (by?.userId === user.id) throw new DomainError('forbidden', 'You cannot disable yourself. Ask another administrator.');
    if (user.disabledAt !== null) return;
    if (user.roles.includes('owner')) await mustNotBeLastOwner(trx, user.id);
    const now = ctx.clock();
    await trx.updateTable('users').set({ disabledAt: now }).where('id', '=', user.id).execute();
    await signOutEverywhere(trx, user.id);
    await voidLinks(trx, 'invite', user.id, now);
    await voidLinks(trx, 'reset', user.id, now);
    await audit(trx, actor, {
      action: 'user.disable',
      subjectType: 'user',
      subjectId: user.id,
    });
  });
}
