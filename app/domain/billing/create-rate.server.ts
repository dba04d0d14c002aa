import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { RateValues } from './rate.schema.ts';
import { overlapRefused, refuseOverlap } from './rate-overlap.server.ts';
import { reassessMissingRates } from './reassess-missing-rates.server.ts';

const scopes = [
  ['programId', 'program'],
  ['subjectId', 'subject'],
  ['tutorId', 'tutor'],
  ['studentId', 'student'],
] as const;

/**
 * Adds a rate and settles what waited for one. Throws invalid_value (field `validFrom`, details.rateId) where one of the
 * same side and scope holds on one of its days, unknown_reference (the scope's field) for a record that is not there.
 */
export async function createRate(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: RateValues): Promise<{ id: string }> {
  try {
    return await inTransaction(db, async (trx) => {
      for (const [field, table] of scopes) {
        const id = input[field];
        if (id === null) continue;
        const known = await trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
        if (!known) throw new DomainError('unknown_reference', `This ${table} is not there any more.`, { field });
      }
      await refuseOverlap(trx, input, 'validFrom');
      const rate = await trx.insertInto('rate').values(input).returning('id').executeTakeFirstOrThrow();
      await audit(trx, actor, { action: 'rate.create', subjectType: 'rate', subjectId: rate.id, after: input });
      await reassessMissingRates(trx, ctx);
      return rate;
    });
  } catch (error) {
    throw overlapRefused(error, 'validFrom');
  }
}
