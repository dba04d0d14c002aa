import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { percentOf } from './money.ts';
import { type TrialSession, tryPolicy } from './policy-trial.ts';

const at = (amountPerHour: bigint) => ({ rateId: null, amountPerHour, scope: [] });
const session = (over: Partial<TrialSession> = {}): TrialSession => ({
  plannedMinutes: 60,
  chargeBasis: 'per_student',
  places: [{ id: '1', studentRef: 'S1', outcome: 'planned', chargeRate: at(6000n) }],
  payRate: at(4000n),
  currencyDigits: 2,
  ...over,
});
const before = effectivePolicy({
  late_cancel: { notice_hours: 24, client_charge_percent: 50, tutor_pay_percent: 25 },
  no_show: { client_charge_percent: 50, tutor_pay_percent: 50 },
});
const after = effectivePolicy({
  late_cancel: {
    notice_hours: 12,
    client_charge_percent: 50,
    tutor_pay_percent: 25,
    steps: [{ under_hours: 4, client_charge_percent: 100, tutor_pay_percent: 60 }],
    free_per_term: 2,
  },
  no_show: { client_charge_percent: 100, tutor_pay_percent: 75, full_pay_minutes: 90 },
  make_up: { on: 'no_show', valid_days: 14 },
});
const money = (charge: bigint | null, pay: bigint | null) => ({ charge, pay, free: null, makeUp: null });

describe('trying a policy on a session', () => {
  it('tells every case apart that either policy does, with what the family pays and the tutor gets', () => {
    expect(tryPolicy(session(), { before, after })).toEqual([
      { case: { kind: 'attended' }, before: money(6000n, 4000n), after: money(6000n, 4000n) },
      { case: { kind: 'no_show' }, before: money(3000n, 2000n), after: { ...money(6000n, 3000n), makeUp: { days: 14 } } },
      { case: { kind: 'cancelled', atLeast: 24 }, before: money(0n, 0n), after: money(0n, 0n) },
      { case: { kind: 'cancelled', under: 24 }, before: money(3000n, 1000n), after: money(0n, 0n) },
      {
        case: { kind: 'cancelled', under: 12 },
        before: money(3000n, 1000n),
        after: { ...money(3000n, 1000n), free: { perTerm: 2 } },
      },
      {
        case: { kind: 'cancelled', under: 4 },
        before: money(3000n, 1000n),
        after: { ...money(6000n, 2400n), free: { perTerm: 2 } },
      },
      { case: { kind: 'not_given' }, before: money(0n, 0n), after: money(0n, 0n) },
    ]);
  });

  it('with a notice of one’s own: exactly the hours are in time', () => {
    const row = (noticeHours: number) => tryPolicy(session(), { before, after, noticeHours })[2];
    expect(row(4)).toMatchObject({ case: { exactly: 4 }, after: { charge: 3000n } });
    expect(row(3.5)?.after.charge).toBe(6000n);
    expect(row(12)?.after.charge).toBe(0n);
  });

  it('a group’s families are added up, and a rate that is missing is said, not charged as 0', () => {
    const places = ['S1', 'S2', 'S3'].map((ref) => ({
      id: ref,
      studentRef: ref,
      outcome: 'planned' as const,
      chargeRate: at(10_000n),
    }));
    expect(tryPolicy(session({ places, chargeBasis: 'split' }), { before, after })[1]?.before.charge).toBe(5001n);
    expect(tryPolicy(session({ places }), { before, after })[1]?.before.charge).toBe(15_000n);
    const unpriced = session({
      payRate: undefined,
      places: [{ id: '1', studentRef: 'S1', outcome: 'planned', chargeRate: undefined }],
    });
    expect(tryPolicy(unpriced, { before, after })[0]?.before).toEqual(money(null, null));
  });

  it('equal policies never differ, and less notice than a step’s hours costs that step’s share of the fee', () => {
    const steps = fc.uniqueArray(
      fc.record({ hours: fc.integer({ min: 1, max: 23 }), charge: fc.integer({ min: 0, max: 100 }) }),
      {
        selector: (one) => one.hours,
        maxLength: 5,
      },
    );
    fc.assert(
      fc.property(steps, fc.bigInt({ min: 1n, max: 20_000n }), (list, rate) => {
        const policy = effectivePolicy({
          late_cancel: {
            steps: list.map((one) => ({ under_hours: one.hours, client_charge_percent: one.charge, tutor_pay_percent: 0 })),
          },
        });
        const places = [{ id: '1', studentRef: 'S1', outcome: 'planned' as const, chargeRate: at(rate) }];
        const rows = tryPolicy(session({ places }), { before: policy, after: policy });
        for (const row of rows) expect(row.before).toEqual(row.after);
        for (const { hours, charge } of list) {
          const row = rows.find((one) => one.case.kind === 'cancelled' && 'under' in one.case && one.case.under === hours);
          expect(row?.after.charge).toBe(percentOf(rate, String(charge)));
        }
      }),
    );
  });
});
