import { PluginError } from '#plugins/contract/index.ts';

// Stripe's own smallest units differ from ISO 4217's: https://docs.stripe.com/currencies
/** Whole units at Stripe, hundredths by ISO 4217. */
const wholeAtStripe = new Set(['MGA']);
/** Hundredths at Stripe (always of whole units), whole units by ISO 4217. */
const hundredthsAtStripe = new Set(['ISK', 'UGX']);
/** Thousandths whose last digit must be 0. */
const thousandths = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/** An amount in ISO 4217 minor units as Stripe counts it. Throws PluginError rejected for one that Stripe can't take. */
export function toStripe(amount: bigint, currency: string): number {
  if (wholeAtStripe.has(currency)) {
    if (amount % 100n !== 0n) throw new PluginError('rejected', `Stripe takes ${currency} in whole units only.`);
    return Number(amount / 100n);
  }
  if (hundredthsAtStripe.has(currency)) return Number(amount * 100n);
  if (thousandths.has(currency) && amount % 10n !== 0n) {
    throw new PluginError('rejected', `Stripe takes ${currency} with two decimals only, and this amount has three.`);
  }
  return Number(amount);
}

/** The way back. */
export function fromStripe(amount: number, currency: string): bigint {
  const code = currency.toUpperCase();
  if (wholeAtStripe.has(code)) return BigInt(amount) * 100n;
  if (hundredthsAtStripe.has(code)) return BigInt(amount) / 100n;
  return BigInt(amount);
}
