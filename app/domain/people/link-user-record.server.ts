import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import type { RecordLink } from './user.schema.ts';
import { currentActor, getUserForChange, lockUsers, mustManage, signOutEverywhere } from './user-access.server.ts';
import { linkUser, unlinkUser } from './user-link.server.ts';

/** Says, or unsays with `id: null`, which tutor, client or student a user is. Their next request signs in afresh. */
export async function linkUserRecord(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: { userId: string; type: RecordLink['type']; id: string | null },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockUsers(trx);
    const by = await currentActor(trx, actor);
    const user = await getUserForChange(trx, input.userId);
    mustManage(by, user.roles);
    if (by?.userId === user.id && !by.roles.includes('owner')) {
      throw new DomainError('forbidden', 'You cannot link yourself to a record. Ask an owner.', { field: 'link' });
    }
    const before = await trx.selectFrom(input.type).where('userId', '=', user.id).select('id').executeTakeFirst();
    if ((before?.id ?? null) === input.id) return;
    if (input.id === null) await unlinkUser(trx, user.id, input.type);
    else
      await linkUser(trx, {
        userId: user.id,
        roles: user.roles,
        link: { type: input.type, id: input.id },
      });
    await signOutEverywhere(trx, user.id);
    await audit(trx, actor, {
      action: 'user.link',
      subjectType: 'user',
      subjectId: user.id,
      before: { [input.type]: before?.id ?? null },
      after: { [input.type]: input.id },
    });
  });
}
