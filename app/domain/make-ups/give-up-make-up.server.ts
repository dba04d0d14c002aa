import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { chargeMissed } from './charge-missed.server.ts';

/**
 * The family will not make up for what it missed: it is charged now instead of on the last day. Again changes nothing.
 * @throws DomainError not_found; locked where a session makes up for it already
 */
export async function giveUpMakeUp(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  { makeUpId }: { makeUpId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (await chargeMissed(trx, ctx, actor, { makeUpId, as: 'given_up' })) return;
    const there = await trx.selectFrom('makeUp').select('state').where('id', '=', makeUpId).executeTakeFirst();
    if (!there) throw new DomainError('not_found', 'This make-up is not there.');
    if (there.state === 'used')
      throw new DomainError('locked', 'A session makes up for it already: cancel that one first, or leave both as they are.');
  });
}
