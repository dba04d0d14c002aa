import type { Kysely } from 'kysely';
import type { DB } from '#db/types.ts';
import { currencyDigits } from './money.ts';
import { matchingRates } from './pricing.ts';
import type { RateSide } from './rate.schema.ts';
import { listRatesById, type RateRow } from './rate-queries.server.ts';
import { listRatesFor, ratesOf } from './session-facts.server.ts';
import { type AmountReason, quoteFee, quotePay } from './settlement.ts';
import { totalsOf } from './tax.ts';

export interface PriceQuestion {
  programId: string;
  subjectId: string;
  tutorId: string;
  /** Null: somebody who has no rate of their own. */
  studentId: string | null;
  /** The session's day in the organisation's zone. */
  date: string;
  minutes: number;
}

export interface ExplainedSide {
  /** Net in minor units if it takes place as planned; null: no rate. */
  amount: bigint | null;
  /** With tax; of pay the same. */
  total: bigint | null;
  reason: AmountReason | undefined;
  /** Every row that matches on that day, the one that holds first. */
  rows: RateRow[];
}

/** A student that is none: no rate is theirs. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** What a session for one student would cost and pay, by the rates alone, and which rows were in question. */
export async function explainPrice(
  db: Kysely<DB>,
  question: PriceQuestion,
  sides: readonly RateSide[],
): Promise<Partial<Record<RateSide, ExplainedSide>>> {
  const studentId = question.studentId ?? NOBODY;
  const program = await db
    .selectFrom('program')
    .select(['chargeBasis', 'taxPercent'])
    .where('id', '=', question.programId)
    .executeTakeFirstOrThrow();
  const { currency } = await db.selectFrom('organisation').select('currency').executeTakeFirstOrThrow();
  const rates = await listRatesFor(db, { ...question, studentIds: [studentId] });
  const session = { ...question, localDate: question.date, chargeRateOverride: null, payRateOverride: null };
  const { charge, pay } = ratesOf(session, [studentId], rates);
  const facts = {
    plannedMinutes: question.minutes,
    chargeBasis: program.chargeBasis === 'split' ? ('split' as const) : ('per_student' as const),
    places: [{ id: studentId, studentRef: '', outcome: 'planned' as const, chargeRate: charge(studentId) }],
    payRate: pay,
    currencyDigits: currencyDigits(currency),
  };
  const matching = await Promise.all(
    sides.map((side) => {
      const matched = matchingRates(rates, { ...question, side, studentId });
      return listRatesById(
        db,
        matched.map((rate) => rate.id),
      );
    }),
  );
  const rowsOf = (side: RateSide) => matching[sides.indexOf(side)] ?? [];
  const answer: Partial<Record<RateSide, ExplainedSide>> = {};
  if (sides.includes('charge')) {
    const net = quoteFee(facts, studentId);
    const rate = charge(studentId);
    answer.charge = {
      amount: net ?? null,
      total: net === undefined ? null : totalsOf([{ net, taxPercent: program.taxPercent }]).total,
      reason: rate && {
        rate: rate.amountPerHour.toString(),
        rateId: rate.rateId,
        scope: rate.scope,
        ...(rate.basis === 'per_session' ? { basis: rate.basis } : {}),
        minutes: question.minutes,
        percent: '100',
      },
      rows: rowsOf('charge'),
    };
  }
  if (sides.includes('pay')) {
    const quoted = quotePay(facts);
    const amount = quoted.payLeftOut === 'missing_rate' ? null : (quoted.pay?.amount ?? 0n);
    answer.pay = { amount, total: amount, reason: quoted.pay?.reason, rows: rowsOf('pay') };
  }
  return answer;
}
