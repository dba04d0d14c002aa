import type { Kysely } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { audit } from '#app/domain/audit/write-audit.server.ts';
import { DomainError } from '#app/domain/errors.ts';
import { inTransaction } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { comparePercent } from './money.ts';
import type { RateChange } from './rate.schema.ts';
import { reassessMissingRates } from './reassess-missing-rates.server.ts';

/**
 * Another amount (of a share of the fees, another percentage) from a day on: closes the row at that day and opens the next one, which ends when the old one would have.
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
    const [was, is] = amountsOf(before, input);
    if (input.from === before.validFrom) {
      await trx.updateTable('rate').set(is).where('id', '=', before.id).execute();
      await audit(trx, actor, {
        action: 'rate.correct',
        subjectType: 'rate',
        subjectId: before.id,
        before: was,
        after: is,
      });
      await reassessMissingRates(trx, ctx);
      return { id: before.id };
    }
    await trx.updateTable('rate').set({ validTo: input.from }).where('id', '=', before.id).execute();
    const { side, programId, subjectId, tutorId, studentId, basis, amountPerHour, percent, minimum, validTo } = before;
    const next = {
      side,
      programId,
      subjectId,
      tutorId,
      studentId,
      basis,
      amountPerHour,
      percent,
      minimum,
      ...is,
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

/** What changes of the row: its amount, or its percentage. @throws DomainError invalid_value where it has that already */
function amountsOf(before: { basis: string; amountPerHour: bigint; percent: string | null }, input: RateChange) {
  if (before.basis === 'percent') {
    const percent = input.percent;
    if (percent === undefined) throw new DomainError('invalid_value', 'Enter the percentage.', { field: 'percent' });
    if (comparePercent(percent, before.percent ?? '0') === 0)
      throw new DomainError('invalid_value', 'That is the percentage it has now.', { field: 'percent' });
    return [{ percent: before.percent }, { percent }] as const;
  }
  const amountPerHour = input.amountPerHour;
  if (amountPerHour === undefined) throw new DomainError('invalid_value', 'Enter the amount.', { field: 'amountPerHour' });
  if (amountPerHour === before.amountPerHour)
    throw new DomainError('invalid_value', 'That is the amount it has now.', { field: 'amountPerHour' });
  return [{ amountPerHour: before.amountPerHour }, { amountPerHour }] as const;
}
