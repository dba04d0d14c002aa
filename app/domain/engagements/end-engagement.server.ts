import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { EngagementEnd } from './engagement.schema.ts';

/**
 * Ends an engagement on a day, the last one on which it holds. What is planned after that day stays
 * planned, and nobody books by themselves beyond it. Safe to repeat.
 * @throws DomainError not_found, invalid_value when the day lies before its start
 */
export async function endEngagement(
  db: Kysely<DB>,
  _ctx: DomainContext,
  actor: Actor,
  { id, endsOn, reason }: EngagementEnd,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const engagement = await trx
      .selectFrom('engagement')
      .select(['startsOn', 'endsOn'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (!engagement) throw new DomainError('not_found', 'This engagement is not there.');
    if (engagement.endsOn === endsOn) return;
    if (endsOn < engagement.startsOn)
      throw new DomainError('invalid_value', 'The end can’t be before the start.', { field: 'endsOn' });
    await trx
      .updateTable('engagement')
      .set((eb) => ({ endsOn, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute();
    await audit(trx, actor, {
      action: 'engagement.end',
      subjectType: 'engagement',
      subjectId: id,
      before: { endsOn: engagement.endsOn },
      after: { endsOn },
      reason,
    });
  });
}
