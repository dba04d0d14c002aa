import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { readTerms } from '#app/domain/credits/package-terms.ts';
import { sellFromPackage } from '#app/domain/credits/sell-from-package.server.ts';
import { raiseTask } from '#app/domain/tasks/raise-task.server.ts';
import type { DB } from '#db/types.ts';
import type { CollectionRow } from './collection-row.server.ts';

/**
 * The package that was paid for, sold once and as it was when its payer went to pay: the sale has the collection's id. The
 * payment stands whatever becomes of the sale: where the child is of another family by now, the office is asked.
 */
export async function sellPaidPackage(trx: Transaction<DB>, ctx: DomainContext, actor: Actor, row: CollectionRow): Promise<void> {
  if (!row.packageId) return;
  const { id, packageId, clientId, studentId } = row;
  if (studentId) {
    const child = await trx.selectFrom('student').select('clientId').where('id', '=', studentId).executeTakeFirst();
    if (child?.clientId !== clientId) {
      const body = 'A package for one child was paid for, and the child is of another family by now: nothing was sold.';
      await raiseTask(trx, ctx, { event: 'payment_unclear', key: id, about: { clientId }, body });
      return;
    }
  }
  const terms = row.packageTerms === null ? undefined : readTerms(row.packageTerms);
  await sellFromPackage(trx, ctx, actor, { id, packageId, clientId, studentId, paidAlready: true, terms });
}
