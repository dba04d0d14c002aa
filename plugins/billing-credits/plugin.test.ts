import { describe, expect, test } from 'vitest';
import type { PlaceSnapshot } from '#plugins/contract/index.ts';
import { testBillingMode } from '#plugins/contract/testing/index.ts';
import { formatCredits, percentOf } from './credits.ts';
import { plugin } from './index.ts';

testBillingMode(plugin, [
  {},
  { unit: 'session', overdraft: 'allow' },
  { unit: 'minutes', overdraft: 'refuse' },
  { unit: 'minutes', overdraft: 'allow' },
]);

const booked: PlaceSnapshot = {
  attendanceId: '1',
  revision: 1,
  billable: true,
  state: 'booked',
  outcome: 'planned',
  plannedMinutes: 45,
  minutes: null,
  chargePercent: null,
  fee: null,
  creditsAvailable: 1000n,
  mayRefuse: true,
};
const settled: PlaceSnapshot = {
  ...booked,
  state: 'settled',
  outcome: 'attended',
  minutes: 45,
  chargePercent: '100',
};
const mode = (settings: Record<string, unknown> = {}) => plugin.create(plugin.config.parse(settings));

describe('credits', () => {
  test('a booking takes one credit, whatever the length', () => {
    expect(mode().assess(booked).targets).toEqual({ hold: 100n });
  });

  test('with minutes as the unit a booking takes its planned minutes', () => {
    expect(mode({ unit: 'minutes' }).assess({ ...booked, creditsAvailable: 4500n }).targets).toEqual({ hold: 4500n });
  });

  test('a late cancellation at 50 % uses half a credit and gives the other half back', () => {
    const late = {
      ...settled,
      outcome: 'late_cancel',
      chargePercent: '50',
    } as const;
    expect(mode().assess(late).targets).toEqual({ use: 50n });
  });

  test('a third of a credit is rounded half away from zero, to two decimals', () => {
    expect(mode().assess({ ...settled, chargePercent: '33.33' }).targets).toEqual({ use: 33n });
    expect(mode().assess({ ...settled, chargePercent: '12.5' }).targets).toEqual({ use: 13n });
  });

  test('the last credit can be booked, the one after it is refused with the shortfall named', () => {
    expect(mode().assess({ ...booked, creditsAvailable: 100n }).refuse).toBeUndefined();
    expect(mode().assess({ ...booked, creditsAvailable: 40n }).refuse).toEqual({
      code: 'insufficient_credits',
      message: 'Needs 1.00 credits and 0.40 are available: 0.60 too few.',
      shortfall: 60n,
    });
  });

  test('where going below zero is allowed it is flagged', () => {
    const assessed = mode({ overdraft: 'allow' }).assess({
      ...booked,
      creditsAvailable: -200n,
    });
    expect(assessed.refuse).toBeUndefined();
    expect(assessed.flag).toBe('Goes 3.00 credits below zero.');
  });

  test('an import goes below zero even where people may not', () => {
    const assessed = mode().assess({
      ...booked,
      creditsAvailable: 0n,
      mayRefuse: false,
    });
    expect(assessed.refuse).toBeUndefined();
    expect(assessed.targets).toEqual({ hold: 100n });
  });

  test('"unbilled, and why" always says that credits paid for it', () => {
    for (const place of [booked, settled, { ...booked, billable: false }]) {
      expect(mode().assess(place).leftOut).toBe('billed_by_credits');
    }
  });

  test('why: names the percentage and the price', () => {
    expect(mode().explain({ ...settled, chargePercent: '50' })).toBe('0.50 credits used: 50% of 1.00 for one session.');
  });
});

test('a percentage that is none is a mistake of the caller', () => {
  expect(() => percentOf(100n, 'half')).toThrow(RangeError);
  expect(() => percentOf(100n, '-5')).toThrow(RangeError);
});

test('credits are written with two decimals and their sign', () => {
  expect([0n, 5n, 100n, -250n, 123456n].map(formatCredits)).toEqual(['0.00', '0.05', '1.00', '-2.50', '1234.56']);
});
