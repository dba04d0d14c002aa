import type { Kysely, Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { PlaceValues } from './place.schema.ts';

/** Adds a place where sessions can be; sent twice, it is one. @throws DomainError unknown_reference (`clientId`) */
export async function createPlace(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  input: PlaceValues,
): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    await checkFamily(trx, input.clientId);
    const made = await trx
      .insertInto('place')
      .values({ id: input.id, ...columnsOf(input) })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (made)
      await audit(trx, actor, {
        action: 'place.create',
        subjectType: 'place',
        subjectId: input.id,
        after: { clientId: input.clientId },
      });
    return { id: input.id };
  });
}

export function columnsOf({ name, address, coordinates, clientId }: PlaceValues) {
  return {
    name,
    address,
    clientId,
    latitude: coordinates === null ? null : coordinates.latitude.toFixed(6),
    longitude: coordinates === null ? null : coordinates.longitude.toFixed(6),
  };
}

export async function checkFamily(trx: Transaction<DB>, clientId: string | null): Promise<void> {
  if (clientId === null) return;
  const client = await trx.selectFrom('client').select('id').where('id', '=', clientId).executeTakeFirst();
  if (!client) throw new DomainError('unknown_reference', 'This family is not there any more.', { field: 'clientId' });
}
