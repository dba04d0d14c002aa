import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparePercent,
  currencyDigits,
  divideRounded,
  formatDecimal,
  lineAmount,
  mileageAmount,
  parseMoney,
  percentOf,
  splitShare,
  typedMoney,
} from './money.ts';

const amount = fc.bigInt({ min: -10_000_000n, max: 10_000_000n });
const percent = fc.integer({ min: 0, max: 1_000_000 }).map((n) => (n / 10_000).toFixed(4));

describe('money', () => {
  it('33.33/h for 50 minutes is 27.78, and 45.00/h for 45 minutes at 50 % is 16.88', () => {
    expect(lineAmount(3333n, 50)).toBe(2778n);
    expect(lineAmount(4500n, 45, '50')).toBe(1688n);
  });

  it('a half is rounded away from zero on both sides, and a reversal is the exact negative', () => {
    expect([divideRounded(5n, 10n), divideRounded(-5n, 10n), divideRounded(4n, 10n), divideRounded(-4n, 10n)]).toEqual([
      1n,
      -1n,
      0n,
      0n,
    ]);
    fc.assert(fc.property(amount, fc.bigInt({ min: 1n, max: 60_000n }), (n, d) => divideRounded(-n, d) === -divideRounded(n, d)));
  });

  it('rounding is never off by more than half a minor unit', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 60_000n }), (n, d) => {
        const twiceError = 2n * (divideRounded(n, d) * d - n);
        return twiceError <= d && twiceError >= -d;
      }),
    );
  });

  it('100 % of an amount is the amount, and an hour at a rate is the rate', () => {
    fc.assert(
      fc.property(amount, (a) => percentOf(a, '100') === a && lineAmount(a, 60) === a && lineAmount(a, 60, '100.0') === a),
    );
  });

  it('a longer session never costs less', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 100_000n }), fc.integer({ min: 0, max: 1440 }), percent, (rate, minutes, p) => {
        return lineAmount(rate, minutes + 1, p) >= lineAmount(rate, minutes, p);
      }),
    );
  });

  it('the shares of a split add up to the whole, differ by at most one minor unit, and the first get the larger ones', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1_000_000n }), fc.integer({ min: 1, max: 12 }), (whole, n) => {
        const shares = Array.from({ length: n }, (_, index) => splitShare(whole, n, index));
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(whole);
        expect((shares[0] ?? 0n) - (shares.at(-1) ?? 0n)).toBeLessThanOrEqual(1n);
        expect([...shares].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))).toEqual(shares);
      }),
    );
    expect([0, 1, 2].map((index) => splitShare(10_000n, 3, index))).toEqual([3334n, 3333n, 3333n]);
  });

  it('a yen has no decimals and a dinar three', () => {
    expect(['USD', 'JPY', 'KWD'].map(currencyDigits)).toEqual([2, 0, 3]);
    // By ISO 4217, not by what prices are usually shown with.
    expect(['HUF', 'IDR', 'COP', 'PKR', 'IQD', 'ISK', 'CLF'].map(currencyDigits)).toEqual([2, 2, 2, 2, 3, 0, 4]);
    expect(parseMoney('1200', 0)).toBe(1200n);
    expect(parseMoney('12.5', 0)).toBeUndefined();
    expect(parseMoney('1.234', 3)).toBe(1234n);
    expect(parseMoney('99999999999999999999', 2)).toBeUndefined();
    expect(formatDecimal(-5n, 3)).toBe('-0.005');
    expect(formatDecimal(1200n, 0)).toBe('1200');
  });

  it('what is written is read back as the same amount', () => {
    fc.assert(fc.property(amount, fc.constantFrom(0, 2, 3), (a, digits) => parseMoney(formatDecimal(a, digits), digits) === a));
  });

  it.each(['', '1,5', '1.', '.5', '1e3', '0x10', '12.345', 'NaN', '1 000'])('%j is no amount of dollars', (text) => {
    expect(parseMoney(text, 2)).toBeUndefined();
  });

  it('an amount is typed with a point or a comma, with spaces between its thousands, and never guessed where it may be thousands', () => {
    for (const typed of ['1250.5', '1250,5', ' 1 250,50 ', '1\u00a0250,50', '+1250.50'])
      expect(typedMoney(typed, 2)).toBe(125_050n);
    expect(typedMoney('-3,20', 2)).toBe(-320n);
    for (const typed of ['1,250.50', '1.250,50', '1,250', ',5', '12,', 'ten', '']) expect(typedMoney(typed, 2)).toBeUndefined();
    for (const typed of ['1,000', '1.000']) expect(typedMoney(typed, 0)).toBeUndefined();
    expect(typedMoney('1,250', 3)).toBe(1_250n);
  });

  it('mileage is miles times the rate per mile, rounded once: 12.4 x 0.67 = 8.31', () => {
    expect(mileageAmount('12.4', '0.67', 2)).toBe(831n);
    expect(mileageAmount('3', '0.67', 2)).toBe(201n);
    expect(mileageAmount('7.5', '0.67', 0)).toBe(5n);
  });

  it('percentages are compared exactly', () => {
    expect(comparePercent('12.5', '12.50')).toBe(0);
    expect(comparePercent('33.33', '33.4')).toBeLessThan(0);
    expect(comparePercent('100', '99.9999')).toBeGreaterThan(0);
  });
});
