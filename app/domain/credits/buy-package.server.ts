import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { getMoneySettings } from '#app/domain/billing/save-money-settings.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getPackage } from './package-queries.server.ts';
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

/** @throws DomainError forbidden, not_found, invalid_value (packageId) */
export async function assertOffered(db: Kysely<DB>, packageId: string): Promise<void> {
  const settings = await getMoneySettings(db);
  if (!settings.families_buy_packages)
    throw new DomainError('forbidden', 'Packages are sold by the office here. Write to us, and we will add one for you.');
  const one = await getPackage(db, packageId);
  if (!one.inStorefront || one.archivedAt)
    throw new DomainError('invalid_value', 'This package is not on sale any more.', { field: 'packageId' });
}
