import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { TravelTimeValues } from './place.schema.ts';

/**
 * How long it takes between two places, either way, and how far it is; this beats distance and speed from the next booking
 * on. Said again, it replaces what was said. @throws DomainError unknown_reference or invalid_value (`otherId`)
 */
export async function setTravelTime(db: Kysely<DB>, _ctx: DomainContext, actor: Actor, input: TravelTimeValues): Promise<void> {
  const { placeId, otherId, minutes, miles } = input;
  if (placeId === otherId) throw new DomainError('invalid_value', 'Choose another place.', { field: 'otherId' });
  await inTransaction(db, async (trx) => {
    const places = await trx.selectFrom('place').select('id').where('id', 'in', [placeId, otherId]).execute();
    if (places.length < 2) throw new DomainError('unknown_reference', 'This place is not there any more.', { field: 'otherId' });
    const [fromPlaceId = '', toPlaceId = ''] = [placeId, otherId].sort();
    const before = await trx
      .selectFrom('travelTime')
      .select(['minutes', 'miles'])
      .where('fromPlaceId', '=', fromPlaceId)
      .where('toPlaceId', '=', toPlaceId)
      .executeTakeFirst();
    if (before?.minutes === minutes && Number(before.miles ?? -1) === Number(miles ?? -1)) return;
    await trx
      .insertInto('travelTime')
      .values({ fromPlaceId, toPlaceId, minutes, miles })
      .onConflict((conflict) => conflict.columns(['fromPlaceId', 'toPlaceId']).doUpdateSet({ minutes, miles }))
      .execute();
    await audit(trx, actor, {
      action: 'place.travel',
      subjectType: 'place',
      subjectId: placeId,
      before: before ? { minutes: before.minutes } : {},
      after: { minutes, otherId },
    });
  });
}
