import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { startCollection } from '#app/domain/payments/start-collection.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getPackage, type Package } from './package-queries.server.ts';
import { type PackageSale, sellFromPackage } from './sell-from-package.server.ts';

/**
 * A family buys a package that is offered to it; its price comes on the next invoice.
 * @throws DomainError forbidden where families don't buy themselves; not_found, invalid_value, unknown_reference
 */
export async function buyPackage(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  sale: Pick<PackageSale, 'id' | 'packageId' | 'clientId' | 'studentId'>,
): Promise<{ lotId: string }> {
  return inTransaction(db, async (trx) => {
    await assertOffered(trx, sale.packageId);
    return sellFromPackage(trx, ctx, actor, sale);
  });
}

/**
 * A family pays for a package at the gateway's page; it is sold once the money came in.
 * @returns where the payer's browser is to be sent
 * @throws DomainError as buyPackage, and conflict where paying by card is not possible
 */
export async function payForPackage(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  sale: Pick<PackageSale, 'packageId' | 'clientId' | 'studentId'>,
): Promise<string> {
  const one = await assertOffered(db, sale.packageId);
  const { clientId, packageId } = sale;
  const student = sale.studentId
    ? await db.selectFrom('student').select(['id', 'clientId']).where('id', '=', sale.studentId).executeTakeFirst()
    : undefined;
  if (one.perStudent && student?.clientId !== clientId)
    throw new DomainError('invalid_value', 'This package is for one child: choose which.', { field: 'studentId' });
  const { url } = await startCollection(db, ctx, actor, {
    purpose: 'package',
    clientId,
    packageId,
    ...(one.perStudent && student ? { studentId: student.id } : {}),
    back: { success: '/family/credits', cancel: '/family/credits' },
  });
  return url;
}

async function assertOffered(db: Kysely<DB>, packageId: string): Promise<Package> {
  const settings = await getMoneySettings(db);
  if (!settings.families_buy_packages)
    throw new DomainError('forbidden', 'Packages are sold by the office here. Write to us, and we will add one for you.');
  const one = await getPackage(db, packageId);
  if (!one.inStorefront || one.archivedAt)
    throw new DomainError('invalid_value', 'This package is not on sale any more.', { field: 'packageId' });
  return one;
}
