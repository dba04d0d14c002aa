import { describe, expect, test } from 'vitest';
import type { PeriodSnapshot } from '#plugins/contract/index.ts';
import { testBillingMode } from '#plugins/contract/testing/index.ts';
import { plugin } from './index.ts';

const settings = { fee: '200.00', included_hours: '4', overage_per_hour: '55.00' };
testBillingMode(plugin, [{ fee: '0' }, settings, { ...settings, first_month: 'whole', tax_percent: '21' }]);

const place = (minutes: number, chargePercent = '100') => ({
  attendanceId: 'a',
  localDate: '2026-03-03',
  minutes,
  outcome: 'attended' as const,
  chargePercent,
});
const march = (over: Partial<PeriodSnapshot> = {}): PeriodSnapshot => ({
  from: '2026-03-01',
  to: '2026-04-01',
  days: 31,
  activeDays: 31,
  currencyDigits: 2,
  places: [],
  ...over,
});
const linesOf = (period: PeriodSnapshot, over: Record<string, unknown> = {}) =>
  plugin.create(plugin.config.parse({ ...settings, ...over })).periodic?.(period) ?? [];

describe('a subscription', () => {
  test('costs its fee while the lessons stay within the hours', () => {
    expect(linesOf(march({ places: [place(120), place(120)] })).map(({ key, net }) => [key, net])).toEqual([['fee', 20_000n]]);
  });

  test('charges what goes beyond by the minute, rounded once', () => {
    const [, overage] = linesOf(march({ places: [place(240), place(50)] }));
    // 50 minutes at 55.00 an hour are 45.833...
    expect(overage).toMatchObject({ key: 'overage', net: 4583n, minutes: 50 });
    expect(overage?.explanation).toBe('4 h 50 min taught, 4 h included: 50 min beyond, at 55.00 an hour.');
  });

  test('counts a lesson that is charged in part by that part', () => {
    expect(linesOf(march({ places: [place(240), place(60, '50')] }))[1]?.minutes).toBe(30);
  });

  test('begun in the middle of a month, fee and hours go by the days', () => {
    const half = march({ activeDays: 10, places: [place(90)] });
    // 200.00 x 10 / 31 = 64.516...; 4 h x 10 / 31 = 77.4 min, so 12.58 min beyond: 11.53
    expect(linesOf(half).map(({ net }) => net)).toEqual([6452n, 1153n]);
    expect(linesOf(half, { first_month: 'whole' }).map(({ net }) => net)).toEqual([20_000n]);
  });

  test('is right in currencies of no and of three decimals', () => {
    expect(linesOf(march({ currencyDigits: 0 }), { fee: '12000' })[0]?.net).toBe(12_000n);
    expect(linesOf(march({ currencyDigits: 3 }), { fee: '12.345' })[0]?.net).toBe(12_345n);
  });

  test('that has ended costs nothing; a lesson still taught in it has no hours included', () => {
    expect(linesOf(march({ activeDays: 0 }))).toEqual([]);
    expect(linesOf(march({ activeDays: 0, places: [place(60)] })).map(({ key, net }) => [key, net])).toEqual([
      ['overage', 5500n],
    ]);
  });

  test('needs its fee before it can be used', () => {
    expect(plugin.config.safeParse({}).success).toBe(false);
  });
});
