import type { Kysely } from 'kysely';
import { orderRoles, type Role } from '#app/auth/roles.ts';
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
  writeRoles,
} from './user-access.server.ts';
import { roleChangeProblem } from './user-rules.ts';

/**
 * Gives and takes roles. Whoever is changed has to sign in again, so that no token from before carries the new rights.
 * Throws forbidden (also for the last owner), not_found. Says whether anything changed.
 */
export async function changeRoles(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: { userId: string; roles: readonly Role[] },
): Promise<{ changed: boolean }> {
  return db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const by = await currentActor(trx, actor);
    const user = await getUserForChange(trx, input.userId);
    mustManage(by, user.roles);
    const roles = orderRoles(input.roles);
    const problem = roleChangeProblem({
      actor: by,
      userId: user.id,
      before: user.roles,
      after: roles,
    });
    if (problem !== undefined) {
      throw new DomainError(roles.length === 0 ? 'invalid_value' : 'forbidden', problem, { field: 'roles' });
    }
    if (roles.join() === user.roles.join()) return { changed: false };
    if (user.roles.includes('owner') && !roles.includes('owner')) await mustNotBeLastOwner(trx, user.id);
    await writeRoles(trx, user.id, roles);
    await signOutEverywhere(trx, user.id);
    await audit(trx, actor, {
      action: 'user.roles',
      subjectType: 'user',
      subjectId: user.id,
      before: { roles: user.roles },
      after: { roles },
    });
    return { changed: true };
  });
}
