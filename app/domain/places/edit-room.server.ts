import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { changedFields } from '#app/domain/audit/changed-fields.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { changedMeanwhile } from '#app/domain/people/changed-meanwhile.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { checkPlace } from './create-room.server.ts';
import type { RoomEdit } from './place.schema.ts';

/** Saves a room; what is booked in it stays. Throws conflict (details: ChangedMeanwhile), not_found, unknown_reference. */
export async function editRoom(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: RoomEdit): Promise<void> {
  const { id, version, ...columns } = input;
  await inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('room').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This room is not there.');
    if (before.version !== version)
      throw await changedMeanwhile(trx, { type: 'room', id, word: 'room', version: before.version });
    const changes = changedFields({ ...before }, columns);
    if (!changes) return;
    await checkPlace(trx, columns.placeId);
    await trx
      .updateTable('room')
      .set({ ...columns, version: version + 1 })
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, { action: 'room.edit', subjectType: 'room', subjectId: id, ...changes });
  });
}
