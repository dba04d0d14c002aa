import { expect, test } from 'vitest';
import { testPaymentGateway } from '#plugins/contract/testing/index.ts';
import { fakeStripe } from '#tests/fakes/stripe/fake-stripe.ts';
import { fromStripe, toStripe } from './amounts.ts';
import { plugin } from './index.ts';

testPaymentGateway(plugin, fakeStripe());

test('yen and dollars are counted at Stripe as by ISO 4217; krónur in hundredths, ariary whole', () => {
  expect(toStripe(500n, 'JPY')).toBe(500);
  expect(toStripe(1_999n, 'USD')).toBe(1_999);
  expect(toStripe(12_340n, 'KWD')).toBe(12_340);
  expect(toStripe(500n, 'ISK')).toBe(50_000);
  expect(toStripe(50_000n, 'MGA')).toBe(500);
  for (const [amount, currency] of [
    [500n, 'ISK'],
    [50_000n, 'MGA'],
    [1_999n, 'USD'],
  ] as const)
    expect(fromStripe(toStripe(amount, currency), currency)).toBe(amount);
});

test('an amount that Stripe can’t take is refused before it is asked', () => {
  expect(() => toStripe(12_345n, 'KWD')).toThrow('two decimals');
  expect(() => toStripe(12_345n, 'MGA')).toThrow('whole units');
});
