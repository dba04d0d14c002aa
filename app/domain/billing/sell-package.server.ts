import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { assertSentBefore } from '#app/domain/sent-before.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { accounts } from './accounts.ts';
import { post } from './ledger.server.ts';
import { assertOpenDay } from './open-day.server.ts';
import { openLot } from './open-lot.server.ts';
import { recogniseCredits } from './recognise-credits.server.ts';
import type { SellPackageInput } from './sell-package.schema.ts';

interface Party {
  id: string;
  ref: string;
}

/**
 * Sells credits: a lot in the family's pool, and its price to be invoiced in the period of the purchase date, whatever
 * the client's billing mode. Credits booked below zero are covered by it first.
 * @throws DomainError unknown_reference, invalid_value (a closed day) at the field
 */
export async function sellPackage(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  input: SellPackageInput,
): Promise<{ lotId: string }> {
  return inTransaction(db, async (trx) => {
    const client = await trx
      .selectFrom('client')
      .select(['id', 'ref'])
      .where('id', '=', input.clientId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (!client) throw new DomainError('unknown_reference', 'This family does not exist.', { field: 'clientId' });
    if (input.id) {
      const there = await trx
        .selectFrom('creditLot')
        .select(['clientId', 'credits', 'price'])
        .where('id', '=', input.id)
        .executeTakeFirst();
      if (there) {
        assertSentBefore(there, { clientId: client.id, credits: input.credits, price: input.price });
        return { lotId: input.id };
      }
    }
    await assertOpenDay(trx, actor, input.purchasedOn, 'purchasedOn');
    const lot = await openLot(trx, actor, client, input);
    if (input.price > 0n) await chargePackage(trx, ctx, client, lot, input);
    await recogniseCredits(trx, client, input.purchasedOn);
    await audit(trx, actor, {
      action: 'package.sell',
      subjectType: 'client',
      subjectId: client.id,
      after: {
        lotId: lot.id,
        packageId: input.packageId ?? null,
        credits: input.credits,
        price: input.price,
        purchasedOn: input.purchasedOn,
        expiresOn: input.expiresOn ?? null,
      },
    });
    return { lotId: lot.id };
  });
}

async function chargePackage(
  trx: Transaction<DB>,
  ctx: DomainContext,
  client: Party,
  lot: Party,
  input: SellPackageInput,
): Promise<void> {
  const { currency } = await getOrganisation(trx);
  await trx
    .insertInto('charge')
    .values({
      kind: 'package',
      clientId: client.id,
      creditLotId: lot.id,
      localDate: input.purchasedOn,
      description: input.description || `Package of ${Number(input.credits) / 100} credits`,
      net: input.price,
      taxPercent: input.taxPercent ?? '0',
      settledAt: ctx.clock(),
    })
    .execute();
  await post(trx, {
    key: `lot:${lot.id}:price`,
    effectiveOn: input.purchasedOn,
    description: `Package ${lot.ref}`,
    entries: [
      { account: accounts.unbilled(client, currency), amount: input.price },
      { account: accounts.deferred(client, currency), amount: -input.price },
    ],
  });
}
