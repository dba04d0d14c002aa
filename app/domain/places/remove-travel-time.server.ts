import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';

/** Distance and speed hold between the two places again. Of a pair that is gone already, nothing happens. */
export async function removeTravelTime(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { placeId, otherId }: { placeId: string; otherId: string },
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const [fromPlaceId = '', toPlaceId = ''] = [placeId, otherId].sort();
    const removed = await trx
      .deleteFrom('travelTime')
      .where('fromPlaceId', '=', fromPlaceId)
      .where('toPlaceId', '=', toPlaceId)
      .returning('minutes')
      .executeTakeFirst();
    if (!removed) return;
    await audit(trx, actor, {
      action: 'place.remove_travel',
      subjectType: 'place',
      subjectId: placeId,
      before: { minutes: removed.minutes, otherId },
    });
  });
}
