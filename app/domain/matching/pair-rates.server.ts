import type { Kysely } from 'kysely';
import { chooseRate } from '#app/domain/billing/pricing.ts';
import type { DB } from '#db/types.ts';
import type { RequestFacts } from './match-facts.ts';

/** By hour, in minor units; null: no rate holds. Without `pay` where nobody asked for it. */
export interface PairRates {
  charge: bigint | null;
  pay?: bigint | null;
}

type Pair = Pick<RequestFacts, 'programId' | 'subjectId' | 'studentId' | 'startsOn'>;

/**
 * What an hour of this request would cost with each tutor and, for who may see it, what it would pay; on the day it
 * starts. One statement; what a tutor is paid is not even read where `pay` is false.
 */
export async function listPairRates(
  db: Kysely<DB>,
  request: Pair,
  { tutorIds, pay }: { tutorIds: readonly string[]; pay: boolean },
): Promise<Map<string, PairRates>> {
  const { programId, subjectId, studentId, startsOn: date } = request;
  const rows = await db
    .selectFrom('rate')
    .select(['id', 'side', 'programId', 'subjectId', 'tutorId', 'studentId', 'amountPerHour', 'validFrom', 'validTo'])
    .where('side', 'in', pay ? ['charge', 'pay'] : ['charge'])
    .where('validFrom', '<=', date)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', date)]))
    .where((eb) => eb.or([eb('programId', 'is', null), eb('programId', '=', programId)]))
    .where((eb) => eb.or([eb('subjectId', 'is', null), eb('subjectId', '=', subjectId)]))
    .where((eb) => eb.or([eb('studentId', 'is', null), eb('studentId', '=', studentId)]))
    .execute();
  const rates = rows.map((row) => ({ ...row, side: row.side === 'pay' ? ('pay' as const) : ('charge' as const) }));
  const ofNobody = rates.filter((rate) => rate.tutorId === null);
  const byTutor = Map.groupBy(rates, (rate) => rate.tutorId);
  return new Map(
    tutorIds.map((tutorId) => {
      const own = [...ofNobody, ...(byTutor.get(tutorId) ?? [])];
      const rate = (side: 'charge' | 'pay') =>
        chooseRate(own, { side, programId, subjectId, tutorId, studentId, date })?.amountPerHour ?? null;
      return [tutorId, { charge: rate('charge'), ...(pay ? { pay: rate('pay') } : {}) }];
    }),
  );
}
