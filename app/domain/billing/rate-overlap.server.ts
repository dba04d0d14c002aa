import type { Kysely } from 'kysely';
import { DomainError } from '#app/domain/errors.ts';
import { constraintOf } from '#app/domain/transaction.server.ts';
import type { DB } from '#db/types.ts';
import { currencyDigits, formatDecimal } from './money.ts';
import type { RateValues } from './rate.schema.ts';
import { shortPercent } from './tax.ts';

export type RateDates = Pick<RateValues, 'side' | 'programId' | 'subjectId' | 'tutorId' | 'studentId' | 'validFrom' | 'validTo'>;

const overlapConstraint = 'rate_one_per_scope_and_day';

/** Another row of the same side and scope that holds on a day of these. */
export async function refuseOverlap(db: Kysely<DB>, rate: RateDates, field: string, exceptId?: string): Promise<void> {
  let query = db
    .selectFrom('rate')
    .select(['id', 'basis', 'amountPerHour', 'percent', 'validFrom', 'validTo'])
    .where('side', '=', rate.side)
    .where('programId', 'is not distinct from', rate.programId)
    .where('subjectId', 'is not distinct from', rate.subjectId)
    .where('tutorId', 'is not distinct from', rate.tutorId)
    .where('studentId', 'is not distinct from', rate.studentId)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', rate.validFrom)]))
    .orderBy('validFrom');
  if (rate.validTo !== null) query = query.where('validFrom', '<', rate.validTo);
  if (exceptId) query = query.where('id', '<>', exceptId);
  const other = await query.executeTakeFirst();
  if (!other) return;
  const { currency } = await db.selectFrom('organisation').select('currency').executeTakeFirstOrThrow();
  const money = `${formatDecimal(other.amountPerHour, currencyDigits(currency))} ${currency}`;
  const amount =
    other.basis === 'percent'
      ? `${shortPercent(other.percent ?? '0')} % of the fees`
      : `${money} ${other.basis === 'per_session' ? 'a session' : 'an hour'}`;
  const until = other.validTo === null ? 'on, without an end' : `to ${other.validTo}`;
  throw new DomainError(
    'invalid_value',
    `The same program, subject, tutor and student already have ${amount} from ${other.validFrom} ${until}. Change or end that rate, or choose other dates.`,
    { field, details: { rateId: other.id } },
  );
}

/** Two people added the same at once: the constraint let one through. */
export function overlapRefused(error: unknown, field: string): unknown {
  if (constraintOf(error) !== overlapConstraint) return error;
  return new DomainError(
    'invalid_value',
    'Somebody has just added a rate for the same program, subject, tutor and student on these days.',
    { field, cause: error },
  );
}
