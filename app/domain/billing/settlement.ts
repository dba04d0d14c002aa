/**
 * What a session comes to: the state of every place, its fee, and the tutor's pay, by BILLING's rules.
 * Pure: the same facts always give the same result, whatever was posted before.
 */
import { comparePercent, mileageAmount, percentOf, splitShare } from './money.ts';
import { type Outcome, type PercentRules, percentsOf } from './outcomes.ts';
import { type ChosenRate, type RateBasis, rateAmount } from './pricing.ts';

export interface SettlementPolicy extends PercentRules {
  completion: 'auto' | 'closeout' | 'approval';
  /** What is paid can be another time than what is billed. */
  twoDurations: boolean;
  noShow: PercentRules['noShow'] & { payBase: 'tutor_pay' | 'session_fee' };
  mileage: { ratePerMile: string };
}

/** free: one of the term's free cancellations; make_up: it may be made up for, or was. */
export type Waived = 'free' | 'make_up';

export interface PlaceFacts {
  id: string;
  /** The student's reference: `split` goes by it, as strings. */
  studentRef: string;
  outcome: Outcome;
  /** Of the step of notice it was cancelled under; absent: the policy's own percentages. */
  step?: { charge: string; pay: string; underHours?: number | undefined } | null;
  /** Why who missed it is not charged. */
  waived?: Waived | null;
  chargeRate: ChosenRate | undefined;
}

export interface SessionFacts {
  plannedMinutes: number;
  chargeBasis: 'per_student' | 'split';
  policy: SettlementPolicy;
  places: readonly PlaceFacts[];
  /** Undefined: not in, or sent back. */
  closeOut:
    | {
        actualMinutes: number;
        /** What the tutor is paid for, where the policy tells it apart; absent or null: the actual ones. */
        paidMinutes?: number | null;
        miles: string | null;
        approved: boolean;
      }
    | undefined;
  payRate: ChosenRate | undefined;
  /** Decimals of the currency. */
  currencyDigits: number;
}

/** How an amount came about; stored with it, so that "why?" has an answer. */
export interface AmountReason {
  rate?: string;
  rateId?: string | null;
  scope?: string[];
  minutes: number;
  percent: string;
  outcome?: Outcome;
  /** Of a late cancellation: it was less than so many hours before the start, a step of its own in the rules. */
  underHours?: number;
  split?: { of: string; places: number };
  /** Absent: by the hour. */
  basis?: RateBasis;
  /** session_fee: pay by the fees of who didn't come; fees: the tutor's `share`, a percentage, of the places' fees. `rate` is their sum. */
  base?: 'session_fee' | 'fees';
  share?: string;
  /** The rate's least amount for such a session, where it came to less by itself. */
  minimum?: string;
}

export interface PlaceSettlement {
  id: string;
  outcome: Outcome;
  /** released: cancelled in time, nothing comes of it. */
  state: 'booked' | 'settled' | 'released';
  /** Why it isn't settled yet. */
  waitsFor: 'close_out' | 'approval' | undefined;
  chargePercent: string | undefined;
  payPercent: string | undefined;
  /** What is billed: the actual minutes of who attended, else the planned ones. */
  minutes: number | undefined;
  /** Net, after the percentage; undefined: not settled, or no rate. */
  fee: bigint | undefined;
  reason: AmountReason | undefined;
}

export interface PaySettlement {
  amount: bigint;
  minutes: number;
  reason: AmountReason;
}

export interface Settlement {
  places: PlaceSettlement[];
  /** Every place is settled or released: the session is done. */
  settled: boolean;
  pay: PaySettlement | undefined;
  mileage: bigint;
  /** Why there is no pay. */
  payLeftOut: 'unclosed' | 'unapproved' | 'missing_rate' | 'no_pay' | 'cancelled' | undefined;
}

const byRef = (a: PlaceFacts, b: PlaceFacts) => (a.studentRef < b.studentRef ? -1 : a.studentRef > b.studentRef ? 1 : 0);
const takesShare = (outcome: Outcome) =>
  outcome === 'planned' || outcome === 'attended' || outcome === 'no_show' || outcome === 'late_cancel';

/** The fee of a place for so many minutes, before any percentage; of `split`, its share. */
function fullFee(facts: SessionFacts, place: PlaceFacts, minutes: number): bigint | undefined {
  if (!place.chargeRate) return undefined;
  const whole = rateAmount(place.chargeRate, minutes);
  if (facts.chargeBasis === 'per_student') return whole;
  const sharing = facts.places.filter((p) => takesShare(p.outcome)).sort(byRef);
  const index = sharing.indexOf(place);
  return index < 0 ? 0n : splitShare(whole, sharing.length, index);
}

function feeOf(facts: SessionFacts, place: PlaceFacts, minutes: number, percent: string): bigint | undefined {
  if (!place.chargeRate) return undefined;
  if (facts.chargeBasis === 'per_student') return rateAmount(place.chargeRate, minutes, percent);
  const share = fullFee(facts, place, minutes);
  return share === undefined ? undefined : percentOf(share, percent);
}

function rateReason({
  rateId,
  amountPerHour,
  scope,
  basis,
}: ChosenRate): Pick<AmountReason, 'rate' | 'rateId' | 'scope' | 'basis'> {
  const reason = { rate: amountPerHour.toString(), rateId, scope };
  return basis === undefined || basis === 'per_hour' ? reason : { ...reason, basis };
}

function reasonOf(facts: SessionFacts, place: PlaceFacts, minutes: number, percent: string): AmountReason | undefined {
  if (!place.chargeRate) return undefined;
  const reason: AmountReason = { ...rateReason(place.chargeRate), minutes, percent, ...missedSo(place) };
  if (facts.chargeBasis === 'split') {
    reason.split = {
      of: rateAmount(place.chargeRate, minutes).toString(),
      places: facts.places.filter((p) => takesShare(p.outcome)).length,
    };
  }
  return reason;
}

function missedSo({ outcome, step }: PlaceFacts): Pick<AmountReason, 'outcome' | 'underHours'> {
  const underHours = outcome === 'late_cancel' ? step?.underHours : undefined;
  return underHours === undefined ? { outcome } : { outcome, underHours };
}

/** What a place would cost if it took place as planned; undefined: no rate. */
export function quoteFee(
  facts: Pick<SessionFacts, 'plannedMinutes' | 'chargeBasis' | 'places'>,
  placeId: string,
): bigint | undefined {
  const place = facts.places.find((p) => p.id === placeId);
  return place && fullFee(facts as SessionFacts, place, facts.plannedMinutes);
}

/** What the tutor would be paid if it took place as planned with all who are in it. */
export function quotePay(
  facts: Pick<SessionFacts, 'plannedMinutes' | 'chargeBasis' | 'places' | 'payRate' | 'currencyDigits'>,
): Pick<Settlement, 'pay' | 'payLeftOut'> {
  const none = { clientChargePercent: '0', tutorPayPercent: '0' };
  return settle({
    ...facts,
    policy: {
      completion: 'closeout',
      twoDurations: false,
      noShow: { ...none, payBase: 'tutor_pay' },
      lateCancel: none,
      mileage: { ratePerMile: '0' },
    },
    places: facts.places.map((place) => ({ ...place, outcome: 'attended' })),
    closeOut: { actualMinutes: facts.plannedMinutes, miles: null, approved: true },
  });
}

function settlePlace(facts: SessionFacts, place: PlaceFacts): PlaceSettlement {
  const { policy, closeOut } = facts;
  const base = {
    id: place.id,
    outcome: place.outcome,
    fee: undefined,
    reason: undefined,
    minutes: undefined,
    waitsFor: undefined,
  };
  const percents = percentsOf(place.outcome, policy, {
    plannedMinutes: facts.plannedMinutes,
    step: place.step,
    waived: place.waived != null,
  });
  if (place.outcome === 'cancelled') {
    return { ...base, state: 'released', chargePercent: '0', payPercent: '0' };
  }
  const closes = place.outcome !== 'late_cancel';
  if (!percents || (closes && !closeOut)) {
    return { ...base, state: 'booked', waitsFor: 'close_out', chargePercent: undefined, payPercent: undefined };
  }
  if (closes && policy.completion === 'approval' && !closeOut?.approved) {
    return { ...base, state: 'booked', waitsFor: 'approval', chargePercent: undefined, payPercent: undefined };
  }
  const minutes = place.outcome === 'attended' && closeOut ? closeOut.actualMinutes : facts.plannedMinutes;
  return {
    ...base,
    state: 'settled',
    chargePercent: percents.charge,
    payPercent: percents.pay,
    minutes,
    fee: feeOf(facts, place, minutes, percents.charge),
    reason: reasonOf(facts, place, minutes, percents.charge),
  };
}

/** The highest of its students' pay percentages. */
function highestPayPercent(places: readonly PlaceSettlement[]): string {
  return places.reduce((highest, p) => (p.payPercent && comparePercent(p.payPercent, highest) > 0 ? p.payPercent : highest), '0');
}

function settlePay(facts: SessionFacts, places: readonly PlaceSettlement[]): Pick<Settlement, 'pay' | 'payLeftOut'> {
  const percent = highestPayPercent(places);
  if (comparePercent(percent, '0') <= 0) {
    return { pay: undefined, payLeftOut: places.every((p) => p.state === 'released') ? 'cancelled' : 'no_pay' };
  }
  const attended = places.some((p) => p.outcome === 'attended');
  const minutes = attended ? paidMinutes(facts) : facts.plannedMinutes;
  const missing = { pay: undefined, payLeftOut: 'missing_rate' as const };
  // Where nobody came, how it was missed is why that much is paid; a tutor's day of teaching needs no word.
  const highest = facts.places.find((_, index) => places[index]?.payPercent === percent);
  const how = attended || !highest ? {} : missedSo(highest);
  if (!attended && facts.policy.noShow.payBase === 'session_fee') {
    const paying = facts.places.filter((_, i) => comparePercent(places[i]?.payPercent ?? '0', '0') > 0);
    const fees = paying.map((place) => fullFee(facts, place, facts.plannedMinutes));
    if (fees.some((fee) => fee === undefined)) return missing;
    const sum = fees.reduce<bigint>((total, fee) => total + (fee ?? 0n), 0n);
    const reason: AmountReason = { rate: sum.toString(), base: 'session_fee', minutes, percent, ...how };
    return payLine(percentOf(sum, percent), minutes, reason);
  }
  if (!facts.payRate) return missing;
  const rate = facts.payRate;
  if (rate.basis !== 'percent') {
    const reason: AmountReason = { ...rateReason(rate), minutes, percent, ...how };
    return payLine(atLeast(rateAmount(rate, minutes, percent), rate, reason), minutes, reason);
  }
  const fees = sharedFees(facts, places);
  if (fees === undefined) return missing;
  const reason: AmountReason = {
    ...rateReason(rate),
    rate: fees.toString(),
    base: 'fees',
    share: rate.percent ?? '0',
    minutes,
    percent,
    ...how,
  };
  return payLine(atLeast(percentOf(fees, rate.percent ?? '0'), rate, reason), minutes, reason);
}

/** Of a session that somebody attended. */
function paidMinutes({ closeOut, policy, plannedMinutes }: SessionFacts): number {
  if (!closeOut) return plannedMinutes;
  return (policy.twoDurations ? closeOut.paidMinutes : null) ?? closeOut.actualMinutes;
}

/** The full fees, billable or not, each by its place's own pay percentage and rounded; undefined: one has no rate. */
function sharedFees(facts: SessionFacts, places: readonly PlaceSettlement[]): bigint | undefined {
  let sum = 0n;
  for (const [index, place] of facts.places.entries()) {
    const settled = places[index];
    if (!settled?.payPercent || comparePercent(settled.payPercent, '0') <= 0) continue;
    const fee = fullFee(facts, place, settled.minutes ?? facts.plannedMinutes);
    if (fee === undefined) return undefined;
    sum += percentOf(fee, settled.payPercent);
  }
  return sum;
}

/** The rate's minimum is of a session that is paid in full: of less, that much of it. */
function atLeast(amount: bigint, { minimum }: ChosenRate, reason: AmountReason): bigint {
  if (minimum == null) return amount;
  const least = percentOf(minimum, reason.percent);
  if (amount >= least) return amount;
  reason.minimum = least.toString();
  return least;
}

function payLine(amount: bigint, minutes: number, reason: AmountReason): Pick<Settlement, 'pay' | 'payLeftOut'> {
  return amount === 0n ? { pay: undefined, payLeftOut: 'no_pay' } : { pay: { amount, minutes, reason }, payLeftOut: undefined };
}

export function settle(facts: SessionFacts): Settlement {
  const places = facts.places.map((place) => settlePlace(facts, place));
  const waiting = places.find((place) => place.state === 'booked');
  if (waiting) {
    const payLeftOut = waiting.waitsFor === 'approval' ? 'unapproved' : 'unclosed';
    return { places, settled: false, pay: undefined, mileage: 0n, payLeftOut };
  }
  const pay = settlePay(facts, places);
  const miles = facts.closeOut?.miles;
  // Without a rate the session is in no pay run at all; its mileage comes with its pay, so that it is in one run alone.
  const due = miles && pay.payLeftOut !== 'missing_rate';
  const mileage = due ? mileageAmount(miles, facts.policy.mileage.ratePerMile, facts.currencyDigits) : 0n;
  return { places, settled: true, mileage, ...pay };
}
