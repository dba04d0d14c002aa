import { type Kysely, sql } from 'kysely';
import type { DomainContext } from '#app/context.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type AccountSpec, accounts } from './accounts.ts';
import { post } from './ledger.server.ts';
import { recogniseCredits } from './recognise-credits.server.ts';

/**
 * What is left of a lot after its last day becomes expired. Also what a cancellation gave back to a lot since.
 * @returns how many lots had something left
 */
export async function expireCredits(db: Kysely<DB>, ctx: DomainContext): Promise<number> {
  const organisation = await findOrganisation(db);
  if (!organisation) return 0;
  const today = localDateOf(ctx.clock(), organisation.timezone);
  const due = await db
    .selectFrom('creditLot')
    .innerJoin('account', 'account.id', 'creditLot.accountId')
    .innerJoin('client', 'client.id', 'creditLot.clientId')
    .select([
      'creditLot.id',
      'creditLot.ref',
      'creditLot.accountId',
      'creditLot.expiresOn',
      'client.id as clientId',
      'client.ref as clientRef',
      'account.code',
    ])
    .where('creditLot.expiresOn', '<', today)
    .where('account.balance', '>', 0n)
    .orderBy('client.id')
    .execute();
  for (const lot of due) {
    await inTransaction(db, async (trx) => {
      await sql`SELECT 1 FROM client WHERE id = ${lot.clientId} FOR NO KEY UPDATE`.execute(trx);
      const { balance } = await trx
        .selectFrom('account')
        .select('balance')
        .where('id', '=', lot.accountId)
        .executeTakeFirstOrThrow();
      const { entries } = await trx
        .selectFrom('ledgerEntry')
        .select((eb) => eb.fn.countAll<bigint>().as('entries'))
        .where('accountId', '=', lot.accountId)
        .executeTakeFirstOrThrow();
      const client = { id: lot.clientId, ref: lot.clientRef };
      const account: AccountSpec = { code: lot.code, kind: 'asset', commodity: 'CREDIT', clientId: client.id };
      await post(trx, {
        key: `lot:${lot.id}:expire:${entries}`,
        effectiveOn: lot.expiresOn ?? today,
        description: `Package ${lot.ref} expired`,
        entries: [
          { account, amount: -balance },
          { account: accounts.creditExpired(client), amount: balance },
        ],
      });
      await recogniseCredits(trx, client, lot.expiresOn ?? today);
    });
  }
  return due.length;
}
