import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { RoomValues } from './place.schema.ts';

/** Adds a room, which holds one session at a time; sent twice, it is one. @throws DomainError unknown_reference (`placeId`) */
export async function createRoom(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: RoomValues): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await checkPlace(trx, input.placeId);
    const there = await trx.selectFrom('room').select('id').where('id', '=', input.id).executeTakeFirst();
    if (there) return there;
    await trx.insertInto('room').values(input).execute();
    await audit(trx, actor, {
      action: 'room.create',
      subjectType: 'room',
      subjectId: input.id,
      after: { name: input.name, capacity: input.capacity },
    });
    return { id: input.id };
  });
}

export async function checkPlace(trx: Transaction<DB>, placeId: string | null): Promise<void> {
  if (placeId === null) return;
  const place = await trx.selectFrom('place').select('id').where('id', '=', placeId).executeTakeFirst();
  if (!place) throw new DomainError('unknown_reference', 'This place is not there any more.', { field: 'placeId' });
}
