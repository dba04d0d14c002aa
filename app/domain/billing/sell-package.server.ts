import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { type AccountSpec, accounts } from './accounts.ts';
import { lockCreditPools } from './credits.server.ts';
import { openAccounts, post } from './ledger.server.ts';
import { smallerOf } from './money.ts';
import { assertOpenDay } from './open-day.server.ts';
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
      const there = await trx.selectFrom('creditLot').select('id').where('id', '=', input.id).executeTakeFirst();
      if (there) return { lotId: there.id };
    }
    await assertOpenDay(trx, actor, input.purchasedOn, 'purchasedOn');
    const pool = (await lockCreditPools(trx, [client])).get(client.id);
    const lot = await insertLot(trx, actor, client, input);
    const account = accounts.creditLot(client, lot.ref);
    await post(trx, {
      key: `lot:${lot.id}:grant`,
      effectiveOn: input.purchasedOn,
      description: `Package ${lot.ref}`,
      entries: [
        { account, amount: input.credits },
        { account: accounts.creditsIssued(), amount: -input.credits },
      ],
    });
    const restricted = input.studentId !== undefined || input.programId !== undefined;
    if (pool && pool.overdraft < 0n && !restricted) await coverOverdraft(trx, client, lot, account, input, pool.overdraft);
    if (input.price > 0n) await chargePackage(trx, ctx, client, lot, input);
    await recogniseCredits(trx, client, input.purchasedOn);
    await audit(trx, actor, {
      action: 'package.sell',
      subjectType: 'client',
      subjectId: client.id,
      after: {
        lotId: lot.id,
        credits: input.credits,
        price: input.price,
        purchasedOn: input.purchasedOn,
        expiresOn: input.expiresOn ?? null,
      },
    });
    return { lotId: lot.id };
  });
}

async function insertLot(trx: Transaction<DB>, actor: Actor, client: Party, input: SellPackageInput): Promise<Party> {
  if (input.studentId) {
    const child = await trx.selectFrom('student').select('clientId').where('id', '=', input.studentId).executeTakeFirst();
    if (child?.clientId !== client.id)
      throw new DomainError('unknown_reference', 'This student is not of that family.', { field: 'studentId' });
  }
  if (input.programId) {
    const program = await trx.selectFrom('program').select('id').where('id', '=', input.programId).executeTakeFirst();
    if (!program) throw new DomainError('unknown_reference', 'This program does not exist.', { field: 'programId' });
  }
  const { ref } = input.ref
    ? { ref: input.ref }
    : await trx
        .selectNoFrom((eb) => eb.fn<bigint>('nextval', [eb.val('document_ref')]).as('n'))
        .executeTakeFirstOrThrow()
        .then(({ n }) => ({ ref: `pkg-${n}` }));
  const account = accounts.creditLot(client, ref);
  const accountId = (await openAccounts(trx, [account])).get(account.code);
  if (!accountId) throw new Error(`account ${account.code} was not opened`);
  // A lot holds what was sold and no less than nothing: the overdraft is where a pool goes below zero.
  await trx.updateTable('account').set({ floor: 0n }).where('id', '=', accountId).execute();
  const lot = await trx
    .insertInto('creditLot')
    .values({
      ...(input.id ? { id: input.id } : {}),
      ref,
      clientId: client.id,
      studentId: input.studentId ?? null,
      programId: input.programId ?? null,
      accountId,
      credits: input.credits,
      price: input.price,
      taxPercent: input.taxPercent ?? '0',
      purchasedOn: input.purchasedOn,
      expiresOn: input.expiresOn ?? null,
      note: input.note ?? '',
      createdBy: actor.userId,
    })
    .returning(['id', 'ref'])
    .executeTakeFirstOrThrow();
  return lot;
}

async function coverOverdraft(
  trx: Transaction<DB>,
  client: Party,
  lot: Party,
  account: AccountSpec,
  input: SellPackageInput,
  overdraft: bigint,
): Promise<void> {
  const covered = smallerOf(-overdraft, input.credits);
  await post(trx, {
    key: `lot:${lot.id}:cover`,
    effectiveOn: input.purchasedOn,
    description: `Package ${lot.ref} covers what was booked below zero`,
    entries: [
      { account, amount: -covered },
      { account: accounts.creditOverdraft(client), amount: covered },
    ],
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
