import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAmount } from './money.ts';
import { type Outcome, outcomes } from './outcomes.ts';
import type { ChosenRate } from './pricing.ts';
import { type PlaceFacts, quotePay, type SessionFacts, settle } from './settlement.ts';

const at = (amountPerHour: bigint): ChosenRate => ({ rateId: 'r', amountPerHour, scope: [] });
const place = (studentRef: string, outcome: Outcome, rate: bigint | undefined = 6000n): PlaceFacts => ({
  id: studentRef,
  studentRef,
  outcome,
  chargeRate: rate === undefined ? undefined : at(rate),
});
const policy: SessionFacts['policy'] = {
  completion: 'closeout',
  twoDurations: false,
  noShow: { clientChargePercent: '50', tutorPayPercent: '50', payBase: 'tutor_pay' },
  lateCancel: { clientChargePercent: '50', tutorPayPercent: '25' },
  mileage: { ratePerMile: '0.67' },
};
const feeBased = { ...policy, noShow: { ...policy.noShow, payBase: 'session_fee' as const } };
const session = (over: Partial<SessionFacts>): SessionFacts => ({
  plannedMinutes: 60,
  chargeBasis: 'per_student',
  policy,
  places: [place('S1', 'attended')],
  closeOut: { actualMinutes: 60, miles: null, approved: false },
  payRate: at(3000n),
  currencyDigits: 2,
  ...over,
});
const fees = (facts: SessionFacts) => settle(facts).places.map((one) => one.fee);

describe('what a session comes to', () => {
  it('what came of less notice says so, on the family’s side and on the tutor’s', () => {
    const late = { ...place('S1', 'late_cancel'), step: { charge: '100', pay: '60', underHours: 4 } };
    const result = settle(session({ closeOut: undefined, places: [late] }));
    expect(result.places[0]?.reason).toMatchObject({ percent: '100', outcome: 'late_cancel', underHours: 4 });
    expect(result.pay?.reason).toMatchObject({ percent: '60', outcome: 'late_cancel', underHours: 4 });
    expect(settle(session({})).pay?.reason).not.toHaveProperty('outcome');
  });

  it('who attended is billed the actual minutes, who did not come the planned ones', () => {
    const facts = session({
      places: [place('S1', 'attended'), place('S2', 'no_show')],
      closeOut: { actualMinutes: 75, miles: null, approved: false },
    });
    expect(settle(facts).places.map((one) => [one.minutes, one.fee])).toEqual([
      [75, 7500n],
      [60, 3000n],
    ]);
  });

  it('nothing is settled before the close-out, and with approval asked for not before that', () => {
    expect(settle(session({ closeOut: undefined })).payLeftOut).toBe('unclosed');
    const waiting = settle(session({ policy: { ...policy, completion: 'approval' } }));
    expect([waiting.settled, waiting.payLeftOut, waiting.places[0]?.waitsFor]).toEqual([false, 'unapproved', 'approval']);
    expect(
      settle(
        session({ policy: { ...policy, completion: 'approval' }, closeOut: { actualMinutes: 60, miles: null, approved: true } }),
      ).settled,
    ).toBe(true);
  });

  it('a late cancellation is settled at once, and when everybody cancelled the session needs no close-out and no approval', () => {
    const all = settle(
      session({
        policy: { ...policy, completion: 'approval' },
        closeOut: undefined,
        places: [place('S1', 'late_cancel'), place('S2', 'cancelled')],
      }),
    );
    expect([all.settled, all.places[0]?.fee, all.pay?.amount]).toEqual([true, 3000n, 750n]);
    const some = settle(session({ closeOut: undefined, places: [place('S1', 'late_cancel'), place('S2', 'planned')] }));
    expect([some.settled, some.places[0]?.state, some.places[1]?.state]).toEqual([false, 'settled', 'booked']);
  });

  it('a session cancelled in time charges and pays nothing', () => {
    const result = settle(session({ closeOut: undefined, places: [place('S1', 'cancelled')] }));
    expect([result.settled, result.pay, result.payLeftOut, result.places[0]?.state]).toEqual([
      true,
      undefined,
      'cancelled',
      'released',
    ]);
  });

  it('a place without a rate has no fee, and not a fee of 0', () => {
    expect(fees(session({ places: [{ ...place('S1', 'attended'), chargeRate: undefined }] }))).toEqual([undefined]);
  });

  it('split: the whole lesson is shared by who did not cancel in time, in the order of their references as strings', () => {
    const places = [place('S10', 'attended'), place('S9', 'attended'), place('S1', 'late_cancel'), place('S2', 'cancelled')];
    // 100.00 over three: S1 gets 33.34 and owes half of it, S10 33.33, S9 33.33.
    const facts = session({ chargeBasis: 'split', places: places.map((one) => ({ ...one, chargeRate: at(10_000n) })) });
    expect(fees(facts)).toEqual([3333n, 3333n, 1667n, undefined]);
  });

  it('split: when all attend, the shares add up to the price of the lesson, whatever their number', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.bigInt({ min: 1n, max: 20_000n }),
        fc.integer({ min: 1, max: 240 }),
        (n, rate, minutes) => {
          const places = Array.from({ length: n }, (_, index) => place(`S${index}`, 'attended', rate));
          const result = settle(
            session({ chargeBasis: 'split', places, closeOut: { actualMinutes: minutes, miles: null, approved: false } }),
          );
          expect(result.places.reduce((sum, one) => sum + (one.fee ?? 0n), 0n)).toBe(lineAmount(rate, minutes));
        },
      ),
    );
  });

  it('the tutor is paid the highest percentage among the students', () => {
    const places = [place('S1', 'no_show'), place('S2', 'late_cancel'), place('S3', 'cancelled')];
    expect(settle(session({ places })).pay?.amount).toBe(1500n);
    expect(settle(session({ places: [...places, place('S4', 'attended')] })).pay?.amount).toBe(3000n);
  });

  it('pay is for the actual minutes if anyone attended, else for the planned ones', () => {
    const closeOut = { actualMinutes: 90, miles: null, approved: false };
    expect(settle(session({ closeOut })).pay).toMatchObject({ minutes: 90, amount: 4500n });
    expect(settle(session({ closeOut, places: [place('S1', 'no_show')] })).pay).toMatchObject({ minutes: 60, amount: 1500n });
  });

  it('where the policy tells them apart, the families pay for what was billed and the tutor gets what is paid; else one time holds', () => {
    const closeOut = { actualMinutes: 60, paidMinutes: 75, miles: null, approved: false };
    const apart = { ...policy, twoDurations: true };
    const told = settle(session({ policy: apart, closeOut }));
    expect([told.places[0]?.minutes, told.places[0]?.fee, told.pay]).toMatchObject([60, 6000n, { minutes: 75, amount: 3750n }]);
    expect(settle(session({ closeOut })).pay).toMatchObject({ minutes: 60, amount: 3000n });
    expect(settle(session({ policy: apart, closeOut: { ...closeOut, paidMinutes: null } })).pay?.minutes).toBe(60);
    expect(settle(session({ policy: apart, closeOut: { ...closeOut, paidMinutes: 0 } })).payLeftOut).toBe('no_pay');
    expect(settle(session({ policy: apart, closeOut, places: [place('S1', 'no_show')] })).pay).toMatchObject({
      minutes: 60,
      amount: 1500n,
    });
  });

  it('pay by the session fee: half of the sum of the full fees of who did not come, rounded once more', () => {
    const places = [place('S1', 'no_show', 3333n), place('S2', 'no_show', 3334n), place('S3', 'cancelled', 9999n)];
    // 33.33 + 33.34 = 66.67, half of it 33.335 -> 33.34
    expect(settle(session({ policy: feeBased, places })).pay?.amount).toBe(3334n);
  });

  it('pay by the session fee is by the pay rate as soon as anyone attended', () => {
    const places = [place('S1', 'no_show'), place('S2', 'attended')];
    expect(settle(session({ policy: feeBased, places })).pay?.amount).toBe(3000n);
  });

  it('pay by the session fee without a rate is left out as missing_rate, pay without a pay row too', () => {
    const noFee = { ...place('S1', 'no_show'), chargeRate: undefined };
    expect(settle(session({ policy: feeBased, places: [noFee] })).payLeftOut).toBe('missing_rate');
    expect(settle(session({ payRate: undefined })).payLeftOut).toBe('missing_rate');
  });

  const paidBy = (rate: Partial<ChosenRate>, over: Partial<SessionFacts> = {}) =>
    settle(session({ payRate: { ...at(0n), ...rate }, ...over })).pay;

  it('a price by the session is the same whatever its length, less only by the outcome’s percentage', () => {
    const closeOut = { actualMinutes: 95, miles: null, approved: false };
    const flat = (outcome: Outcome) => ({ ...place('S1', outcome), chargeRate: { ...at(5500n), basis: 'per_session' as const } });
    expect(fees(session({ closeOut, places: [flat('attended')] }))).toEqual([5500n]);
    expect(fees(session({ closeOut, places: [flat('no_show')] }))).toEqual([2750n]);
    const shared = ['S1', 'S2', 'S3'].map((ref) => ({ ...flat('attended'), id: ref, studentRef: ref }));
    expect(fees(session({ closeOut, chargeBasis: 'split', places: shared }))).toEqual([1834n, 1833n, 1833n]);
    expect(paidBy({ basis: 'per_session', amountPerHour: 3000n }, { closeOut })).toMatchObject({
      amount: 3000n,
      reason: { basis: 'per_session', rate: '3000' },
    });
  });

  it('a share of the fees counts each place by its own pay percentage, and is rounded at its end', () => {
    // 60.00 attended in full, of the no-show's 33.33 half: 60.00 + 16.67 = 76.67, of it 55 % = 42.1685
    const places = [place('S1', 'attended'), place('S2', 'no_show', 3333n), place('S3', 'cancelled')];
    expect(paidBy({ basis: 'percent', percent: '55' }, { places })).toMatchObject({
      amount: 4217n,
      reason: { base: 'fees', share: '55', rate: '7667', percent: '100' },
    });
    const noFee = [{ ...place('S1', 'attended'), chargeRate: undefined }];
    expect(settle(session({ payRate: { ...at(0n), basis: 'percent', percent: '55' }, places: noFee })).payLeftOut).toBe(
      'missing_rate',
    );
  });

  it('a promised least amount lifts short sessions; of one that pays in part it is that part, and of none nothing', () => {
    const short = { closeOut: { actualMinutes: 20, miles: null, approved: false } };
    const rate = { amountPerHour: 3000n, minimum: 2000n };
    expect(paidBy(rate, short)).toMatchObject({ amount: 2000n, reason: { minimum: '2000', rate: '3000' } });
    expect(paidBy(rate)?.amount).toBe(3000n);
    expect(paidBy({ amountPerHour: 1000n, minimum: 2000n }, { places: [place('S1', 'no_show')] })?.amount).toBe(1000n);
    expect(paidBy(rate, { ...short, places: [place('S1', 'tutor_no_show')] })).toBeUndefined();
  });

  it('a quote of pay is what settles when it takes place as planned', () => {
    const facts = session({ places: [place('S1', 'planned'), place('S2', 'planned')], closeOut: undefined });
    expect(quotePay({ ...facts, payRate: { ...at(0n), basis: 'percent', percent: '50' } }).pay?.amount).toBe(6000n);
    expect(quotePay({ ...facts, payRate: undefined }).payLeftOut).toBe('missing_rate');
  });

  it('a tutor who did not come is paid nothing and nobody is charged', () => {
    const result = settle(session({ places: [place('S1', 'tutor_no_show'), place('S2', 'technical_failure')] }));
    expect([result.settled, result.payLeftOut, result.places.map((one) => one.fee)]).toEqual([true, 'no_pay', [0n, 0n]]);
  });

  it('mileage is due of every settled session, whatever its pay, and not before', () => {
    const closeOut = { actualMinutes: 60, miles: '12.4', approved: false };
    expect(settle(session({ closeOut, places: [place('S1', 'tutor_no_show')] })).mileage).toBe(831n);
    expect(settle(session({ closeOut, policy: { ...policy, completion: 'approval' } })).mileage).toBe(0n);
  });

  it('a session that waits for a pay rate is in no pay run, its mileage neither', () => {
    const closeOut = { actualMinutes: 60, miles: '12.4', approved: false };
    expect(settle(session({ closeOut, payRate: undefined }))).toMatchObject({ mileage: 0n, payLeftOut: 'missing_rate' });
  });

  it('the same facts come to the same, and no fee is ever negative or above the full price', () => {
    const places = fc.uniqueArray(fc.record({ ref: fc.nat(30), outcome: fc.constantFrom(...outcomes) }), {
      selector: (one) => one.ref,
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(
        places,
        fc.constantFrom('per_student' as const, 'split' as const),
        fc.integer({ min: 0, max: 180 }),
        fc.bigInt({ min: 0n, max: 9000n }),
        (who, chargeBasis, minutes, rate) => {
          const facts = session({
            chargeBasis,
            places: who.map((one) => place(`S${one.ref}`, one.outcome, rate)),
            closeOut: { actualMinutes: minutes, miles: null, approved: false },
          });
          const result = settle(facts);
          expect(settle(facts)).toEqual(result);
          for (const one of result.places) {
            if (one.fee === undefined) continue;
            expect(one.fee).toBeGreaterThanOrEqual(0n);
            expect(one.fee).toBeLessThanOrEqual(lineAmount(rate, one.minutes ?? 0));
          }
          expect(result.settled).toBe(result.places.every((one) => one.state !== 'booked'));
        },
      ),
    );
  });
});
