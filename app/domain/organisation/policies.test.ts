import { describe, expect, it } from 'vitest';
import { effectivePolicy, policyOf, readPolicies, storedPolicy } from './policies.ts';
import { defaultPolicies, policiesSchema, policyOverridesSchema, shortestDecimal } from './policy.schema.ts';

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
      full_pay_minutes: 0,
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
    expect(policy.noShow).toMatchObject({ waitPercent: '33', clientChargePercent: '100', tutorPayPercent: '50' });
    expect(policy.lateCancel).toMatchObject({ noticeHours: 24, clientChargePercent: '50', tutorPayPercent: '25', steps: [] });
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

  const step = (under: unknown, charge: unknown, pay: unknown) => ({
    under_hours: under,
    client_charge_percent: charge,
    tutor_pay_percent: pay,
  });
  const withSteps = (steps: unknown) => ({ ...northside, late_cancel: { ...northside.late_cancel, steps } });

  it('steps of notice come as rows of a form or a list, blank rows fall away, and they are kept from the longest notice on', () => {
    const kept = [
      { under_hours: 12, client_charge_percent: '75', tutor_pay_percent: '50' },
      { under_hours: 4, client_charge_percent: '100', tutor_pay_percent: '50' },
    ];
    const rows = { 0: step('4', '100.0', '50'), 1: step('', '', ''), 3: step('12', '75', '50') };
    expect(policiesSchema.parse(withSteps(rows)).late_cancel.steps).toEqual(kept);
    expect(policiesSchema.parse(withSteps(kept)).late_cancel.steps).toEqual(kept);
    const policy = effectivePolicy(withSteps(rows));
    expect(policyOf(JSON.parse(JSON.stringify(storedPolicy(policy))))).toEqual(policy);
  });

  it('what is wrong with a step is said at its row', () => {
    const wrong = policiesSchema.safeParse(
      withSteps({ 0: step('4', '100', '50'), 1: step('4', '90', '50'), 2: step('24', '90', 'x') }),
    );
    expect(wrong.error?.issues.map((issue) => issue.path.join('.'))).toContain('late_cancel.steps.2.tutor_pay_percent');
    const twice = policiesSchema.safeParse(
      withSteps({ 0: step('4', '100', '50'), 2: step('4', '90', '50'), 3: step('24', '9', '9') }),
    );
    expect(twice.error?.issues.map((issue) => [issue.path.join('.'), issue.message])).toEqual([
      ['late_cancel.steps.2.under_hours', 'There is a step under 4 hours already'],
      ['late_cancel.steps.3.under_hours', 'Enter less than the 24 hours of notice above'],
    ]);
  });

  it('a program with a shorter notice has no use for steps above it, and its own steps replace the organisation’s', () => {
    const company = withSteps([step(12, 75, 50), step(4, 100, 50)]);
    const steps = (overrides: unknown) => effectivePolicy(company, overrides).lateCancel.steps.map((one) => one.underHours);
    expect(steps({})).toEqual([12, 4]);
    expect(steps({ late_cancel: { notice_hours: 6 } })).toEqual([4]);
    expect(steps({ late_cancel: { steps: [] } })).toEqual([]);
    expect(policyOverridesSchema.parse({ late_cancel: { notice_hours: 6 } })).toEqual({ late_cancel: { notice_hours: 6 } });
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
