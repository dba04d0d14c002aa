import type { Kysely } from 'kysely';
import { chooseRate, payOfAnHour, rateAmount } from '#app/domain/billing/pricing.ts';
import { asRate, rateColumns } from '#app/domain/billing/session-facts.server.ts';
import type { DB } from '#db/types.ts';
import type { RequestFacts } from './match-facts.ts';

/** For a session of an hour, in minor units; null: no rate holds. Without `pay` where nobody asked for it. */
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
    .select(rateColumns)
    .where('side', 'in', pay ? ['charge', 'pay'] : ['charge'])
    .where('validFrom', '<=', date)
    .where((eb) => eb.or([eb('validTo', 'is', null), eb('validTo', '>', date)]))
    .where((eb) => eb.or([eb('programId', 'is', null), eb('programId', '=', programId)]))
    .where((eb) => eb.or([eb('subjectId', 'is', null), eb('subjectId', '=', subjectId)]))
    .where((eb) => eb.or([eb('studentId', 'is', null), eb('studentId', '=', studentId)]))
    .execute();
  const rates = rows.map(asRate);
  const ofNobody = rates.filter((rate) => rate.tutorId === null);
  const byTutor = Map.groupBy(rates, (rate) => rate.tutorId);
  return new Map(
    tutorIds.map((tutorId) => {
      const own = [...ofNobody, ...(byTutor.get(tutorId) ?? [])];
      const rate = (side: 'charge' | 'pay') => chooseRate(own, { side, programId, subjectId, tutorId, studentId, date });
      const charge = rate('charge');
      const paid = pay ? rate('pay') : undefined;
      return [
        tutorId,
        {
          charge: charge ? rateAmount(charge, 60) : null,
          ...(pay ? { pay: paid ? payOfAnHour(paid, charge) : null } : {}),
        },
      ];
    }),
  );
}
