import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { assessPeriodsOf } from '#app/domain/billing/assess-periods.server.ts';
import { followBillingMode } from '#app/domain/billing/follow-billing-mode.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import type { WithCustom } from '#app/domain/fields/custom-field.ts';
import { withCustomChanges } from '#app/domain/fields/save-custom.server.ts';
import { bothChanges, retag } from '#app/domain/tags/retag.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { changedMeanwhile } from './changed-meanwhile.server.ts';
import type { ClientEdit } from './client.schema.ts';
import { checkBillingMode } from './create-client.server.ts';

const personal = ['name', 'email', 'phone', 'address', 'notes'];

/**
 * Saves a client's facts. Sessions already planned keep the billing mode they were booked with, and issued invoices
 * the name and address they were issued to. Throws conflict (details: ChangedMeanwhile) when somebody saved since `version`.
 */
export async function editClient(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: WithCustom<ClientEdit>): Promise<void> {
  const { id, version, custom, tags, status, ...facts } = input;
  const columns = status ? { ...facts, status } : facts;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('client').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This client is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'client', id, word: 'client', version: before.version });
    const more = withCustomChanges(before.custom, custom, changedFields(before, columns, personal));
    const retagged = await retag(trx, { clientId: id }, tags);
    const changes = bothChanges(more.changes, retagged);
    if (!changes) return;
    if ('billingInstallId' in changes.after) await checkBillingMode(trx, columns.billingInstallId);
    await trx
      .updateTable('client')
      .set({ ...columns, ...more.columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    if ('billingInstallId' in changes.after) {
      await followBillingMode(trx, ctx, id);
      await assessPeriodsOf(trx, ctx, id);
    }
    await audit(trx, actor, { action: 'client.edit', subjectType: 'client', subjectId: id, ...changes });
  });
}
