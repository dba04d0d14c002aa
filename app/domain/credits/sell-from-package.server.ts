import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { getPackage } from './package-queries.server.ts';
import type { PackageTerms } from './package-terms.ts';

export interface PackageSale {
  /** Chosen by who asks, so that asking twice sells once. */
  id: string;
  packageId: string;
  clientId: string;
  /** For a package that is for one child alone. */
  studentId?: string | null;
  /** YYYY-MM-DD; default: today. */
  purchasedOn?: string;
  note?: string;
  /** Paid for already: sold whatever became of it since. */
  paidAlready?: boolean;
  /** What the buyer was told it is; default: what it is now. */
  terms?: PackageTerms | undefined;
}

/**
 * Sells a package of the list as it stands there now, or as the buyer was told: its credits, price, tax and last day.
 * @throws DomainError not_found, invalid_value (packageId: off sale; studentId: a child must be chosen), unknown_reference,
 * conflict where the id is of another family's
 */
export async function sellFromPackage(
  db: Kysely<DB>,
  ctx: DomainContext,
  actor: Actor,
  sale: PackageSale,
): Promise<{ lotId: string }> {
  return inTransaction(db, async (trx) => {
    const sold = await trx.selectFrom('creditLot').select(['id', 'clientId']).where('id', '=', sale.id).executeTakeFirst();
    if (sold?.clientId === sale.clientId) return { lotId: sold.id };
    if (sold) throw new DomainError('conflict', 'This page is out of date. Load it again, and choose once more.');
    const one = { ...(await getPackage(trx, sale.packageId)), ...sale.terms };
    if (one.archivedAt && !sale.paidAlready)
      throw new DomainError('invalid_value', 'This package is not on sale any more.', { field: 'packageId' });
    if (one.perStudent && !sale.studentId && !sale.paidAlready)
      throw new DomainError('invalid_value', 'This package is for one child: choose which.', { field: 'studentId' });
    const { timezone } = await getOrganisation(trx);
    const purchasedOn = sale.purchasedOn ?? localDateOf(ctx.clock(), timezone);
    return sellPackage(trx, ctx, actor, {
      id: sale.id,
      clientId: sale.clientId,
      packageId: one.id,
      ...(one.perStudent && sale.studentId ? { studentId: sale.studentId } : {}),
      ...(one.programId ? { programId: one.programId } : {}),
      credits: one.credits,
      price: one.price,
      taxPercent: one.taxPercent,
      purchasedOn,
      ...(one.validDays ? { expiresOn: addDays(purchasedOn, one.validDays) } : {}),
      description: one.name,
      ...(sale.note ? { note: sale.note } : {}),
    });
  });
}
