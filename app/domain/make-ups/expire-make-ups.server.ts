import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { chargeMissed } from './charge-missed.server.ts';

const system: Actor = { userId: null, kind: 'system' };

/**
 * The day after its last, by the organisation's clock, a make-up that nobody used is over, and what was missed is charged.
 * Each in a transaction of its own; repeating it does nothing.
 * @returns how many ran out
 */
export async function expireMakeUps(db: Kysely<DB>, ctx: DomainContext, actor: Actor = system): Promise<number> {
  const organisation = await findOrganisation(db);
  if (!organisation) return 0;
  const due = await db
    .selectFrom('makeUp')
    .select('id')
    .where('state', '=', 'open')
    .where('expiresOn', '<', localDateOf(ctx.clock(), organisation.timezone))
    .orderBy('expiresOn')
    .orderBy('id')
    .execute();
  let expired = 0;
  for (const { id } of due)
    if (await inTransaction(db, (trx) => chargeMissed(trx, ctx, actor, { makeUpId: id, as: 'expired' }))) expired++;
  return expired;
}
