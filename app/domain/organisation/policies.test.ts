import { describe, expect, it } from 'vitest';
import {
  defaultPolicies,
  effectivePolicy,
  policiesSchema,
  policyOf,
  readPolicies,
  shortestDecimal,
  storedPolicy,
} from './policies.ts';

const northside = {
  completion: 'approval',
  no_show: { wait_percent: 33.0, client_charge_percent: 50.0, tutor_pay_percent: 50.0, pay_base: 'tutor_pay' },
  late_cancel: { notice_hours: 24.0, client_charge_percent: 50.0, tutor_pay_percent: 25.0 },
  credits: { unit: 'session', overdraft: 'allow' },
  mileage: { rate_per_mile: '0.67' },
  invoice: { due_days: 14 },
};

describe('policies', () => {
  it('percentages come in as numbers or text and are kept as exact decimals', () => {
    const read = policiesSchema.parse({ ...northside, no_show: { ...northside.no_show, client_charge_percent: '12.50' } });
    expect(read.no_show).toEqual({
      wait_percent: '33',
      client_charge_percent: '12.5',
      tutor_pay_percent: '50',
      pay_base: 'tutor_pay',
    });
    expect(read).not.toHaveProperty('credits');
  });

  it('what an organisation leaves unsaid is the default', () => {
    expect(readPolicies({})).toEqual(defaultPolicies);
    expect(readPolicies({ no_show: { wait_percent: 50 } }).no_show).toEqual({ ...defaultPolicies.no_show, wait_percent: '50' });
  });

  it("a program's rule beats the organisation's, and only that rule", () => {
    const policy = effectivePolicy(northside, { no_show: { client_charge_percent: '100' }, completion: 'auto' });
    expect(policy.completion).toBe('auto');
    expect(policy.noShow).toEqual({ waitPercent: '33', clientChargePercent: '100', tutorPayPercent: '50', payBase: 'tutor_pay' });
    expect(policy.lateCancel).toEqual({ noticeHours: 24, clientChargePercent: '50', tutorPayPercent: '25' });
    expect(policy.mileage.ratePerMile).toBe('0.67');
  });

  it('whether billed and paid time are told apart can be said by a program, as a form or a file says it', () => {
    expect(effectivePolicy(northside).twoDurations).toBe(false);
    expect(effectivePolicy(northside, { two_durations: 'true' }).twoDurations).toBe(true);
    expect(effectivePolicy({ ...northside, two_durations: true }, { two_durations: false }).twoDurations).toBe(false);
  });

  it('a policy goes into storage and comes back the same', () => {
    const policy = effectivePolicy(northside);
    expect(policyOf(JSON.parse(JSON.stringify(storedPolicy(policy))))).toEqual(policy);
  });

  it.each([
    ['a percentage above 100', { no_show: { ...northside.no_show, client_charge_percent: 101 } }],
    ['a negative percentage', { no_show: { ...northside.no_show, tutor_pay_percent: -1 } }],
    ['words for a number', { no_show: { ...northside.no_show, wait_percent: 'a third' } }],
    ['an unknown completion', { completion: 'whenever' }],
    ['negative notice', { late_cancel: { ...northside.late_cancel, notice_hours: -1 } }],
    ['half a day to pay', { invoice: { due_days: 0.5 } }],
  ])('%s is refused', (_, change) => {
    expect(policiesSchema.safeParse({ ...northside, ...change }).success).toBe(false);
  });

  it.each([
    ['33.0', '33'],
    ['0.670', '0.67'],
    ['007', '7'],
    ['0', '0'],
    ['100', '100'],
  ])('%s is written %s', (given, written) => {
    expect(shortestDecimal(given)).toBe(written);
  });
});
