import type { Transaction } from 'kysely';
import type { Actor } from '#app/context.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { DB } from '#db/types.ts';
import { type AccountSpec, accounts } from './accounts.ts';
import { lockCreditPools } from './credits.server.ts';
import { openAccounts, post } from './ledger.server.ts';
import { smallerOf } from './money.ts';

interface Party {
  id: string;
  ref: string;
}

export interface NewLot {
  id?: string | undefined;
  ref?: string | undefined;
  kind?: 'sold' | 'gift' | 'correction' | 'transfer';
  packageId?: string | null | undefined;
  /** Restricts the credits to one child or one program. */
  studentId?: string | null | undefined;
  programId?: string | null | undefined;
  /** Hundredths of a credit. */
  credits: bigint;
  /** Minor units, to be invoiced; 0 for what is given or moved. */
  price: bigint;
  taxPercent?: string | undefined;
  purchasedOn: string;
  expiresOn?: string | null | undefined;
  note?: string | undefined;
  /** What the books say of it; default: the package's reference. */
  description?: string | undefined;
  /** Where the credits come from; default: they are made. */
  from?: AccountSpec | undefined;
  /** The day it is posted on; default: of the purchase. */
  effectiveOn?: string | undefined;
}

/**
 * Puts a lot of credits into a family's pool. Credits booked below zero are covered by it first, unless it is for one
 * child or program alone. Under the lock of the client's row, which it takes.
 * @throws DomainError unknown_reference at the field
 */
export async function openLot(trx: Transaction<DB>, actor: Actor, client: Party, input: NewLot): Promise<Party> {
  const pool = (await lockCreditPools(trx, [client])).get(client.id);
  const lot = await insertLot(trx, actor, client, input);
  const account = accounts.creditLot(client, lot.ref);
  const effectiveOn = input.effectiveOn ?? input.purchasedOn;
  await post(trx, {
    key: `lot:${lot.id}:grant`,
    effectiveOn,
    description: input.description ?? `Package ${lot.ref}`,
    entries: [
      { account, amount: input.credits },
      { account: input.from ?? accounts.creditsIssued(), amount: -input.credits },
    ],
  });
  const restricted = Boolean(input.studentId) || Boolean(input.programId);
  if (!pool || pool.overdraft >= 0n || restricted) return lot;
  const covered = smallerOf(-pool.overdraft, input.credits);
  await post(trx, {
    key: `lot:${lot.id}:cover`,
    effectiveOn,
    description: `Package ${lot.ref} covers what was booked below zero`,
    entries: [
      { account, amount: -covered },
      { account: accounts.creditOverdraft(client), amount: covered },
    ],
  });
  return lot;
}

async function insertLot(trx: Transaction<DB>, actor: Actor, client: Party, input: NewLot): Promise<Party> {
  if (input.studentId) {
    const child = await trx.selectFrom('student').select('clientId').where('id', '=', input.studentId).executeTakeFirst();
    if (child?.clientId !== client.id)
      throw new DomainError('unknown_reference', 'This student is not of that family.', { field: 'studentId' });
  }
  if (input.programId) {
    const program = await trx.selectFrom('program').select('id').where('id', '=', input.programId).executeTakeFirst();
    if (!program) throw new DomainError('unknown_reference', 'This program does not exist.', { field: 'programId' });
  }
  const ref = input.ref ?? `pkg-${await nextRef(trx)}`;
  const account = accounts.creditLot(client, ref);
  const accountId = (await openAccounts(trx, [account])).get(account.code);
  if (!accountId) throw new Error(`account ${account.code} was not opened`);
  // A lot holds what was sold and no less than nothing: the overdraft is where a pool goes below zero.
  await trx.updateTable('account').set({ floor: 0n }).where('id', '=', accountId).execute();
  return trx
    .insertInto('creditLot')
    .values({
      ...(input.id ? { id: input.id } : {}),
      ref,
      kind: input.kind ?? 'sold',
      packageId: input.packageId ?? null,
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
}

async function nextRef(trx: Transaction<DB>): Promise<bigint> {
  const { n } = await trx
    .selectNoFrom((eb) => eb.fn<bigint>('nextval', [eb.val('document_ref')]).as('n'))
    .executeTakeFirstOrThrow();
  return n;
}
