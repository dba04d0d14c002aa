import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { refuseSameName } from '#app/domain/named-lists/add-named.server.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PayGroupEdit } from './pay-group.schema.ts';

/**
 * Names a pay group and sets its calendar. What was paid by the old one stays paid: runs keep their periods.
 * @throws DomainError not_found, conflict (details: ChangedMeanwhile), invalid_value (field name)
 */
export async function editPayGroup(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: PayGroupEdit): Promise<void> {
  const { id, version, ...values } = input;
  await inTransaction(db, async (trx) => {
    await refuseSameName(trx, 'payGroup', values.name, id);
    const before = await trx
      .selectFrom('payGroup')
      .select(['name', 'calendar', 'startsOn', 'version'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This pay group is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'pay_group', id, word: 'pay group', version: before.version });
    const changes = changedFields(before, values);
    if (!changes) return;
    await trx
      .updateTable('payGroup')
      .set({ ...values, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'pay_group.edit', subjectType: 'pay_group', subjectId: id, ...changes });
  });
}
