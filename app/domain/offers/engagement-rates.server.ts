import type { Transaction } from 'kysely';
import type { Actor, DomainContext } from '#app/context.ts';
import { createRate } from '#app/domain/billing/create-rate.server.ts';
import { endRate } from '#app/domain/billing/end-rate.server.ts';
import type { RateSide } from '#app/domain/billing/rate.schema.ts';
import type { DB } from '#db/types.ts';

export interface PairScope {
  side: RateSide;
  programId: string;
  subjectId: string;
  tutorId: string;
  studentId: string;
}

const rowsOf = (trx: Transaction<DB>, { side, programId, subjectId, tutorId, studentId }: PairScope) =>
  trx
    .selectFrom('rate')
    .selectAll()
    .where('side', '=', side)
    .where('programId', '=', programId)
    .where('subjectId', '=', subjectId)
    .where('tutorId', '=', tutorId)
    .where('studentId', '=', studentId);

/** A rate of just this pair that begins on the day or after: it can't be ended before that. */
export async function laterRateOf(trx: Transaction<DB>, scope: PairScope, from: string) {
  return rowsOf(trx, scope).where('validFrom', '>=', from).executeTakeFirst();
}

const isSame = (rate: { amountPerHour: bigint; basis: string } | undefined, amountPerHour: bigint) =>
  rate?.basis === 'per_hour' && rate.amountPerHour === amountPerHour;

/**
 * What was agreed for a pair, from a day on, as a rate of just this pair (minor units by hour). One that runs from before
 * ends on that day. Where a later one stands it is left as it is.
 * @returns whether the amount holds now
 */
export async function setPairRate(
  trx: Transaction<DB>,
  ctx: DomainContext,
  actor: Actor,
  { amountPerHour, from, ...scope }: PairScope & { amountPerHour: bigint; from: string },
): Promise<boolean> {
  const running = await rowsOf(trx, scope)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', from)]))
    .orderBy('validFrom')
    .execute();
  const [first] = running;
  if (running.length > 1 || (first && first.validFrom >= from))
    return running.length === 1 && isSame(first, amountPerHour) && first?.validFrom === from;
  if (isSame(first, amountPerHour) && first?.validTo === null) return true;
  if (first) await endRate(trx, ctx, actor, { rateId: first.id, validTo: from });
  await createRate(trx, ctx, actor, {
    ...scope,
    basis: 'per_hour',
    amountPerHour,
    percent: null,
    minimum: null,
    note: '',
    validFrom: from,
    validTo: null,
  });
  return true;
}
