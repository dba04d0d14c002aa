import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { sellPackage } from '#app/domain/billing/sell-package.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, localDateOf } from '#app/domain/scheduling/wall-time.ts';
import type { DB } from '#db/types.ts';
import type { CollectionRow } from './collection-row.server.ts';

/** The package that was paid for, sold once: the sale has the collection's id. */
export async function sellPaidPackage(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, row: CollectionRow): Promise<void> {
  const one = await trx.selectFrom('package').selectAll().where('id', '=', row.packageId).executeTakeFirstOrThrow();
  const { timezone } = await getOrganisation(trx);
  const purchasedOn = localDateOf(ctx.clock(), timezone);
  await sellPackage(trx, ctx, actor, {
    id: row.id,
    clientId: row.clientId,
    ...(one.perStudent && row.studentId ? { studentId: row.studentId } : {}),
    ...(one.programId ? { programId: one.programId } : {}),
    credits: one.credits,
    price: one.price,
    taxPercent: one.taxPercent,
    purchasedOn,
    ...(one.validDays ? { expiresOn: addDays(purchasedOn, one.validDays) } : {}),
    description: one.name,
  });
}
