import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decimalText, formatCredits, formatMoney } from './format.ts';

it.each([
  [123456n, 'EUR', 'en-GB', '€1,234.56'],
  [-5n, 'EUR', 'en-GB', '-€0.05'],
  [1234n, 'JPY', 'en-GB', 'JP¥1,234'],
  [1234n, 'KWD', 'en-GB', 'KWD 1.234'],
  [0n, 'USD', 'en-US', '$0.00'],
  [123456n, 'HUF', 'en-GB', 'HUF 1,234.56'],
])('%d minor units of %s read %s: %s', (amount, currency, locale, text) => {
  expect(formatMoney(amount, currency, locale).replaceAll('\u00a0', ' ')).toBe(text);
});

it('an amount beyond what a floating point number holds keeps its last digit', () => {
  expect(formatMoney(9007199254740993_01n, 'USD', 'en-US')).toBe('$9,007,199,254,740,993.01');
});

it('credits show as many decimals as they have', () => {
  expect([100n, 150n, -25n, 0n].map((hundredths) => formatCredits(hundredths, 'en-GB'))).toEqual(['1', '1.5', '-0.25', '0']);
});

it('decimal text always reads back to the same amount', () => {
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), fc.integer({ min: 0, max: 4 }), (amount, digits) => {
      const text = decimalText(amount, digits);
      const [whole = '', fraction = ''] = text.replace('-', '').split('.');
      expect(fraction).toHaveLength(digits);
      expect(BigInt(whole + fraction) * (text.startsWith('-') ? -1n : 1n)).toBe(amount);
    }),
  );
});
