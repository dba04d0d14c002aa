import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { RateEnd, RateSide } from './rate.schema.ts';
import { overlapRefused, refuseOverlap } from './rate-overlap.server.ts';
import { reassessMissingRates } from './reassess-missing-rates.server.ts';

/**
 * Ends a rate: `validTo` is the first day it no longer holds. Ended on its first day it never held, and is removed.
 * What is already charged or paid stays as it is.
 */
export async function endRate(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: RateEnd): Promise<void> {
  try {
    await inTransaction(db, async (trx) => {
      const before = await trx.selectFrom('rate').selectAll().where('id', '=', input.rateId).forUpdate().executeTakeFirst();
      if (!before) throw new DomainError('not_found', 'This rate is not there any more.');
      if (input.validTo < before.validFrom) {
        throw new DomainError(
          'invalid_value',
          `This rate begins on ${before.validFrom}. Choose that day to remove it, or a later one.`,
          { field: 'validTo' },
        );
      }
      if (input.validTo === before.validFrom) {
        await trx.deleteFrom('rate').where('id', '=', before.id).execute();
        const { id, createdAt, updatedAt, ...facts } = before;
        await audit(trx, actor, { action: 'rate.remove', subjectType: 'rate', subjectId: id, before: facts });
        return;
      }
      await refuseOverlap(trx, { ...before, side: before.side as RateSide, validTo: input.validTo }, 'validTo', before.id);
      await trx.updateTable('rate').set({ validTo: input.validTo }).where('id', '=', before.id).execute();
      await audit(trx, actor, {
        action: 'rate.end',
        subjectType: 'rate',
        subjectId: before.id,
        before: { validTo: before.validTo },
        after: { validTo: input.validTo },
      });
      // A later end may cover sessions that had no rate.
      await reassessMissingRates(trx, ctx);
    });
  } catch (error) {
    throw overlapRefused(error, 'validTo');
  }
}
