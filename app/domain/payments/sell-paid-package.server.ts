import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { sellFromPackage } from '#app/domain/credits/sell-from-package.server.ts';
import type { DB } from '#db/types.ts';
import type { CollectionRow } from './collection-row.server.ts';

/** The package that was paid for, sold once: the sale has the collection's id. */
export async function sellPaidPackage(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, row: CollectionRow): Promise<void> {
  if (!row.packageId) return;
  const { id, packageId, clientId, studentId } = row;
  await sellFromPackage(trx, ctx, actor, { id, packageId, clientId, studentId, paidAlready: true });
}
