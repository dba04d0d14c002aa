import { describe, expect, it } from 'vitest';
import { waiverOf } from '#app/domain/make-ups/waiver.ts';
import { effectivePolicy, type Policy, policyOf, storedPolicy } from '#app/domain/organisation/policies.ts';
import { type CancelledBy, cancellationOutcome, noShowFrom, type Outcome, percentsOf, stepOf } from './outcomes.ts';
import { settle } from './settlement.ts';

const HOUR = 3_600_000;
const start = new Date('2026-03-10T19:00:00Z');

interface Taught {
  minutes?: number;
  /** Per hour, minor units. */
  rate?: bigint;
  pay?: bigint;
  actualMinutes?: number;
  startsAt?: Date;
  /** Of the term's free ones the student has had. */
  freeUsed?: number;
}

/** Stored and read again, as a version is: a policy is nothing but data. */
const asData = (rules: object): Policy => policyOf(JSON.parse(JSON.stringify(storedPolicy(effectivePolicy(rules)))));

/** What the family is charged and the tutor is paid, in minor units. */
function comesTo(policy: Policy, outcome: Outcome, taught: Taught = {}, step?: { charge: string; pay: string }) {
  const plannedMinutes = taught.minutes ?? 60;
  const percents = percentsOf(outcome, policy, { plannedMinutes, step });
  const waiver =
    outcome === 'late_cancel' || outcome === 'no_show'
      ? waiverOf({
          outcome,
          policy,
          chargePercent: percents?.charge ?? '0',
          billable: true,
          localDate: '2026-03-10',
          today: '2026-03-01',
          term: { id: 't', name: 'Spring' },
          freeUsed: taught.freeUsed ?? 0,
          makesUp: false,
        })
      : undefined;
  const result = settle({
    plannedMinutes,
    chargeBasis: 'per_student',
    policy,
    places: [
      {
        id: 'p',
        studentRef: 'S1',
        outcome,
        ...(step ? { step } : {}),
        waived: waiver?.as ?? null,
        chargeRate: { rateId: 'c', amountPerHour: taught.rate ?? 6000n, scope: [] },
      },
    ],
    closeOut: { actualMinutes: taught.actualMinutes ?? plannedMinutes, miles: null, approved: true },
    payRate: { rateId: 'p', amountPerHour: taught.pay ?? 4000n, scope: [] },
    currencyDigits: 2,
  });
  return [result.places[0]?.fee ?? 0n, result.pay?.amount ?? 0n];
}

/** Cancelled with so much notice, in milliseconds. */
function cancelled(policy: Policy, notice: number, taught: Taught = {}, by: CancelledBy = 'client') {
  const startsAt = taught.startsAt ?? start;
  const at = new Date(startsAt.getTime() - notice);
  const outcome = cancellationOutcome(startsAt, at, by, policy.lateCancel.noticeHours);
  const step = outcome === 'late_cancel' ? stepOf(startsAt, at, policy.lateCancel.steps) : undefined;
  return comesTo(policy, outcome, taught, step && { charge: step.clientChargePercent, pay: step.tutorPayPercent });
}

describe('the table of outcomes', () => {
  const policy = asData({
    no_show: { wait_percent: 33, client_charge_percent: 50, tutor_pay_percent: 40 },
    late_cancel: { notice_hours: 24, client_charge_percent: 75, tutor_pay_percent: 25 },
  });

  it.each<[Outcome, Taught, bigint, bigint]>([
    ['attended', { actualMinutes: 75 }, 7500n, 5000n],
    ['no_show', {}, 3000n, 1600n],
    ['late_cancel', {}, 4500n, 1000n],
    ['cancelled', {}, 0n, 0n],
    ['tutor_no_show', {}, 0n, 0n],
    ['technical_failure', {}, 0n, 0n],
    // 33.33 x 50 min x 50 % = 13.8875; 45.00 x 45 min x 75 % = 25.3125
    ['no_show', { rate: 3333n, minutes: 50 }, 1389n, 1333n],
    ['late_cancel', { rate: 4500n, minutes: 45 }, 2531n, 750n],
  ])('%s is charged and paid as it says, to the cent (row %#)', (outcome, taught, charge, pay) => {
    expect(comesTo(policy, outcome, taught)).toEqual([charge, pay]);
  });

  it('a no-show may be marked from a third of the lesson on', () => {
    expect(noShowFrom(start, 60, policy.noShow.waitPercent).toISOString()).toBe('2026-03-10T19:20:00.000Z');
  });
});

describe('half the fee with less than 12 hours of notice', () => {
  const policy = asData({ late_cancel: { notice_hours: 12, client_charge_percent: 50, tutor_pay_percent: 50 } });

  it('12 hours to the millisecond cost nothing, less costs half, and the tutor or the office never costs anything', () => {
    expect(cancelled(policy, 12 * HOUR)).toEqual([0n, 0n]);
    expect(cancelled(policy, 12 * HOUR - 1)).toEqual([3000n, 2000n]);
    // After the start it is late too. 45.00 x 45 min x 50 % = 16.875
    expect(cancelled(policy, -HOUR, { rate: 4500n, minutes: 45 })).toEqual([1688n, 1500n]);
    expect(cancelled(policy, HOUR, {}, 'tutor')).toEqual([0n, 0n]);
    expect(cancelled(policy, HOUR, {}, 'office')).toEqual([0n, 0n]);
  });

  it('over the hour that the clocks skip or repeat, hours are counted and not the time of day', () => {
    // Sunday 8 March in New York, 9:00 is 13:00 UTC; 21:00 on Saturday is 2:00 UTC: 11 hours.
    const spring = new Date('2026-03-08T13:00:00Z');
    expect(cancelled(policy, spring.getTime() - Date.parse('2026-03-08T02:00:00Z'), { startsAt: spring })[0]).toBe(3000n);
    // Sunday 25 October in Dublin, 9:00 is 9:00 UTC; 21:00 on Saturday is 20:00 UTC: 13 hours.
    const autumn = new Date('2026-10-25T09:00:00Z');
    expect(cancelled(policy, autumn.getTime() - Date.parse('2026-10-24T20:00:00Z'), { startsAt: autumn })[0]).toBe(0n);
  });
});

describe('for who does not come, 90 minutes are paid in full, and shorter lessons at 75 %', () => {
  const missed = { client_charge_percent: 100, tutor_pay_percent: 75, full_pay_minutes: 90 };
  const policy = asData({ no_show: missed, late_cancel: { ...missed, notice_hours: 24 } });

  it.each([
    [60, 6000n, 3000n],
    // 40.00 x 89 min x 75 % = 44.50
    [89, 8900n, 4450n],
    [90, 9000n, 6000n],
    [120, 12_000n, 8000n],
  ])('of %i planned minutes the family pays %i, the tutor gets %i', (minutes, charge, pay) => {
    expect(comesTo(policy, 'no_show', { minutes })).toEqual([charge, pay]);
    expect(cancelled(policy, HOUR, { minutes })).toEqual([charge, pay]);
  });

  it('it is the planned minutes that count, and who attended is paid for what was taught', () => {
    expect(comesTo(policy, 'attended', { minutes: 60, actualMinutes: 90 })).toEqual([9000n, 6000n]);
    expect(comesTo(policy, 'no_show', { minutes: 60, actualMinutes: 90 })).toEqual([6000n, 3000n]);
  });
});

describe('free with 24 hours of notice', () => {
  const policy = asData({ late_cancel: { notice_hours: 24, client_charge_percent: 100, tutor_pay_percent: 100 } });

  it('a day before is free, a moment later it is the whole lesson', () => {
    expect(cancelled(policy, 24 * HOUR)).toEqual([0n, 0n]);
    expect(cancelled(policy, 24 * HOUR - 1)).toEqual([6000n, 4000n]);
  });

  it('at the same time of day before the clocks go forward are only 23 hours; before they go back, 25', () => {
    // New York: 15:00 on the 7th of March is 20:00 UTC, on the 8th 19:00 UTC.
    const spring = new Date('2026-03-08T19:00:00Z');
    expect(cancelled(policy, spring.getTime() - Date.parse('2026-03-07T20:00:00Z'), { startsAt: spring })[0]).toBe(6000n);
    // Dublin: 15:00 on the 24th of October is 14:00 UTC, on the 25th 15:00 UTC.
    const autumn = new Date('2026-10-25T15:00:00Z');
    expect(cancelled(policy, autumn.getTime() - Date.parse('2026-10-24T14:00:00Z'), { startsAt: autumn })[0]).toBe(0n);
  });
});

describe('in full under 4 hours', () => {
  const policy = asData({ late_cancel: { notice_hours: 4, client_charge_percent: 100, tutor_pay_percent: 50 } });
  const stepped = asData({
    late_cancel: {
      notice_hours: 24,
      client_charge_percent: 50,
      tutor_pay_percent: 25,
      steps: [{ under_hours: 4, client_charge_percent: 100, tutor_pay_percent: 50 }],
    },
  });

  it('alone: four hours are free, less is the whole fee', () => {
    expect(cancelled(policy, 4 * HOUR)).toEqual([0n, 0n]);
    expect(cancelled(policy, 4 * HOUR - 1)).toEqual([6000n, 2000n]);
  });

  it.each([
    [24 * HOUR, 0n, 0n],
    [24 * HOUR - 1, 3000n, 1000n],
    [4 * HOUR, 3000n, 1000n],
    [4 * HOUR - 1, 6000n, 2000n],
    [-HOUR, 6000n, 2000n],
  ])('as a step below 24 hours: %i ms of notice are charged %i and paid %i', (notice, charge, pay) => {
    expect(cancelled(stepped, notice)).toEqual([charge, pay]);
  });

  it('on the morning the clocks go forward midnight is four hours before 5:00, and exactly in time of the step', () => {
    // New York, 8 March: 0:00 is 5:00 UTC, 5:00 is 9:00 UTC.
    const startsAt = new Date('2026-03-08T09:00:00Z');
    const at = (instant: string) => cancelled(stepped, startsAt.getTime() - Date.parse(instant), { startsAt });
    expect(at('2026-03-08T05:00:00Z')).toEqual([3000n, 1000n]);
    expect(at('2026-03-08T05:00:00.001Z')).toEqual([6000n, 2000n]);
  });
});

describe('two free cancellations per term', () => {
  const policy = asData({
    late_cancel: { notice_hours: 24, client_charge_percent: 100, tutor_pay_percent: 50, free_per_term: 2 },
  });

  it('the first two cost the family nothing and pay the tutor as ever, the third is charged', () => {
    expect([0, 1, 2, 3].map((freeUsed) => cancelled(policy, HOUR, { freeUsed }))).toEqual([
      [0n, 2000n],
      [0n, 2000n],
      [6000n, 2000n],
      [6000n, 2000n],
    ]);
  });

  it('in time is free without taking one; not to come is never one of them', () => {
    expect(cancelled(policy, 24 * HOUR, { freeUsed: 2 })).toEqual([0n, 0n]);
    expect(comesTo(policy, 'no_show')).toEqual([3000n, 2000n]);
  });
});
