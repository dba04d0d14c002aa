import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkFamily, columnsOf } from './create-place.server.ts';
import type { PlaceEdit } from './place.schema.ts';

/** A home's address is a family's, so the log keeps only that it changed. */
const personal = ['name', 'address', 'latitude', 'longitude'];

/** Saves a place; sessions booked there are there still. Throws conflict (details: ChangedMeanwhile), not_found. */
export async function editPlace(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: PlaceEdit): Promise<void> {
  const { id, version } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('place').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This place is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'place', id, word: 'place', version: before.version });
    const columns = columnsOf(input);
    const changes = changedFields({ ...before }, columns, personal);
    if (!changes) return;
    await checkFamily(trx, columns.clientId);
    await trx
      .updateTable('place')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'place.edit', subjectType: 'place', subjectId: id, ...changes });
  });
}
