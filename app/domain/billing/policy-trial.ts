/** What a session would come to under one policy and another, outcome by outcome: pure, browser-safe. */
import type { Policy } from '#app/domain/organisation/policies.ts';
import { cancellationOutcome, type Outcome, percentsOf, stepOf } from './outcomes.ts';
import { type SessionFacts, settle } from './settlement.ts';

/** A session as it was planned; every place of it has the same outcome in turn. */
export type TrialSession = Pick<SessionFacts, 'plannedMinutes' | 'chargeBasis' | 'places' | 'payRate' | 'currencyDigits'>;

export type TrialCase =
  | { kind: 'attended' }
  | { kind: 'no_show' }
  /** By the family, with at least so many hours of notice, or with less than `under`. */
  | { kind: 'cancelled'; atLeast: number }
  | { kind: 'cancelled'; under: number }
  /** By the family, with exactly so many hours. */
  | { kind: 'cancelled'; exactly: number }
  | { kind: 'not_given' };

export interface TrialMoney {
  /** Net in minor units, all families together; null: a rate is missing. */
  charge: bigint | null;
  pay: bigint | null;
  /** Nothing is charged for it while that holds: the first so many of a term, or for so many days. */
  free: { perTerm: number } | null;
  makeUp: { days: number } | null;
}

export interface TrialRow {
  case: TrialCase;
  before: TrialMoney;
  after: TrialMoney;
}

/** Every case that the rules of either policy tell apart. */
export function tryPolicy(
  session: TrialSession,
  { before, after, noticeHours }: { before: Policy; after: Policy; noticeHours?: number | undefined },
): TrialRow[] {
  const bounds = [before, after].flatMap(({ lateCancel }) => [
    lateCancel.noticeHours,
    ...lateCancel.steps.map((step) => step.underHours),
  ]);
  const hours = [...new Set(bounds)].filter((hour) => hour > 0).sort((a, b) => b - a);
  const cases: TrialCase[] = [
    { kind: 'attended' },
    { kind: 'no_show' },
    ...(noticeHours === undefined ? [] : [{ kind: 'cancelled' as const, exactly: noticeHours }]),
    { kind: 'cancelled', atLeast: hours[0] ?? 0 },
    ...hours.map((under) => ({ kind: 'cancelled' as const, under })),
    { kind: 'not_given' },
  ];
  return cases.map((one) => ({ case: one, before: moneyOf(session, before, one), after: moneyOf(session, after, one) }));
}

const start = new Date(Date.UTC(2026, 5, 10, 15));

function moneyOf(session: TrialSession, policy: Policy, one: TrialCase): TrialMoney {
  const { outcome, step } = placeOf(policy, one);
  const settlement = settle({
    ...session,
    policy: { ...policy, completion: 'closeout' },
    places: session.places.map((place) => ({ ...place, outcome, step, waived: null })),
    closeOut: { actualMinutes: session.plannedMinutes, miles: null, approved: true },
  });
  const fees = settlement.places.map((place) => (place.state === 'released' ? 0n : place.fee));
  const charge = fees.every((fee) => fee !== undefined) ? fees.reduce<bigint>((sum, fee) => sum + (fee ?? 0n), 0n) : null;
  const percent = percentsOf(outcome, policy, { plannedMinutes: session.plannedMinutes, step })?.charge ?? '0';
  const missed = percent !== '0' && (outcome === 'no_show' || outcome === 'late_cancel');
  const { freePerTerm } = policy.lateCancel;
  const { on, validDays } = policy.makeUp;
  return {
    charge,
    pay: settlement.payLeftOut === 'missing_rate' ? null : (settlement.pay?.amount ?? 0n),
    free: missed && outcome === 'late_cancel' && freePerTerm > 0 ? { perTerm: freePerTerm } : null,
    makeUp: missed && (on === 'both' || on === outcome) ? { days: validDays } : null,
  };
}

function placeOf(policy: Policy, one: TrialCase): { outcome: Outcome; step: { charge: string; pay: string } | null } {
  if (one.kind === 'not_given') return { outcome: 'cancelled', step: null };
  if (one.kind !== 'cancelled') return { outcome: one.kind, step: null };
  const notice = 'under' in one ? one.under * 3_600_000 - 1 : ('exactly' in one ? one.exactly : one.atLeast) * 3_600_000;
  const at = new Date(start.getTime() - notice);
  const outcome = cancellationOutcome(start, at, 'client', policy.lateCancel.noticeHours);
  const step = outcome === 'late_cancel' ? stepOf(start, at, policy.lateCancel.steps) : undefined;
  return { outcome, step: step ? { charge: step.clientChargePercent, pay: step.tutorPayPercent } : null };
}
