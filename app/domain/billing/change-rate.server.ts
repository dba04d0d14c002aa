import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import type { RateChange } from './rate.schema.ts';
import { reassessMissingRates } from './reassess-missing-rates.server.ts';

/**
 * Another amount from a day on: closes the row at that day and opens the next one, which ends when the old one would have.
 * From its own first day the row itself gets the amount. What is already charged or paid stays as it is.
 * Returns the row that holds from then on.
 */
export async function changeRate(db: Kysely<DB>, ctx: DomainContext, actor: Actor, input: RateChange): Promise<{ id: string }> {
  return inTransaction(db, async (trx) => {
    const before = await trx.selectFrom('rate').selectAll().where('id', '=', input.rateId).forUpdate().executeTakeFirst();
    if (!before) throw new DomainError('not_found', 'This rate is not there any more.');
    if (input.from < before.validFrom) {
      throw new DomainError('invalid_value', `This rate begins on ${before.validFrom}. Choose that day or a later one.`, {
        field: 'from',
      });
    }
    if (before.validTo !== null && input.from >= before.validTo) {
      throw new DomainError(
        'invalid_value',
        `This rate ends on ${before.validTo} already. Choose an earlier day, or change the rate that follows it.`,
        { field: 'from' },
      );
    }
    if (input.amountPerHour === before.amountPerHour) {
      throw new DomainError('invalid_value', 'That is the amount it has now.', { field: 'amountPerHour' });
    }
    if (input.from === before.validFrom) {
      await trx.updateTable('rate').set({ amountPerHour: input.amountPerHour }).where('id', '=', before.id).execute();
      await audit(trx, actor, {
        action: 'rate.correct',
        subjectType: 'rate',
        subjectId: before.id,
        before: { amountPerHour: before.amountPerHour },
        after: { amountPerHour: input.amountPerHour },
      });
      await reassessMissingRates(trx, ctx);
      return { id: before.id };
    }
    await trx.updateTable('rate').set({ validTo: input.from }).where('id', '=', before.id).execute();
    const { side, programId, subjectId, tutorId, studentId, validTo } = before;
    const next = {
      side,
      programId,
      subjectId,
      tutorId,
      studentId,
      amountPerHour: input.amountPerHour,
      validFrom: input.from,
      validTo,
    };
    const made = await trx.insertInto('rate').values(next).returning('id').executeTakeFirstOrThrow();
    await audit(trx, actor, {
      action: 'rate.end',
      subjectType: 'rate',
      subjectId: before.id,
      before: { validTo },
      after: { validTo: input.from },
    });
    await audit(trx, actor, {
      action: 'rate.create',
      subjectType: 'rate',
      subjectId: made.id,
      after: { ...next, follows: before.id },
    });
    await reassessMissingRates(trx, ctx);
    return made;
  });
}
