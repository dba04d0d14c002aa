/** Exact arithmetic of money: integers of minor units and fractions of bigints, never a float. Browser-safe. */

/** An exact decimal: `digits / scale`, scale a power of ten. */
export interface Decimal {
  digits: bigint;
  scale: bigint;
}

/** n / d, rounded once, half away from zero. d must not be 0. */
export function divideRounded(n: bigint, d: bigint): bigint {
  if (d < 0n) return divideRounded(-n, -d);
  const sign = n < 0n ? -1n : 1n;
  const magnitude = n < 0n ? -n : n;
  return sign * ((2n * magnitude + d) / (2n * d));
}

const decimalPattern = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads "8.875", "33" or "-11.67"; undefined when it is no plain decimal. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimalPattern.exec(text.trim());
  if (!match) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = BigInt(whole + fraction);
  return { digits: sign === '-' ? -digits : digits, scale: 10n ** BigInt(fraction.length) };
}

/** As parseDecimal, of a value that the database or a schema has already vouched for. */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (!parsed) throw new TypeError(`not a decimal: ${text}`);
  return parsed;
}

/** The currencies of ISO 4217 whose minor unit isn't a hundredth. Intl goes by custom instead: it gives forints, rupiahs and pesos none. */
const unusualDigits: Readonly<Record<string, number>> = {
  ...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0 },
  ...{ UGX: 0, UYI: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3, CLF: 4, UYW: 4 },
};

/** The minor-unit digits of an ISO 4217 currency: USD 2, JPY 0, KWD 3. */
export function currencyDigits(currency: string): number {
  return unusualDigits[currency.toUpperCase()] ?? 2;
}

/** In minor units. No company takes more for anything, and sums of such amounts still fit the database's integers. */
const LARGEST = 10n ** 13n;

/** "43.29" in minor units; undefined when it is no amount, is beyond all measure or has more decimals than the currency. */
export function parseMoney(text: string, digits: number): bigint | undefined {
  const parsed = parseDecimal(text);
  if (!parsed) return undefined;
  const minor = parsed.digits * 10n ** BigInt(digits);
  if (minor % parsed.scale !== 0n) return undefined;
  const amount = minor / parsed.scale;
  return amount >= -LARGEST && amount <= LARGEST ? amount : undefined;
}

/** A number as people type it, "1 250,5" or "1250.5", as a plain decimal. What is none comes back as it is. */
export function plainDecimal(typed: string): string {
  const dense = typed.replaceAll(/\s/g, '');
  return /^[+-]?\d+,\d+$/.test(dense) ? dense.replace(',', '.') : dense;
}

/**
 * An amount as people type it, "12.50" or "12,50", in minor units; undefined as of parseMoney, and where it has more
 * decimals than the currency, though they are noughts: who types "1,000" may mean a thousand.
 */
export function typedMoney(typed: string, digits: number): bigint | undefined {
  const plain = plainDecimal(typed);
  const decimals = plain.split('.')[1]?.length ?? 0;
  return decimals > digits ? undefined : parseMoney(plain, digits);
}

/** Minor units as a plain decimal with all of the currency's decimals: 4329n -> "43.29". */
export function formatDecimal(amount: bigint, digits: number): string {
  const magnitude = (amount < 0n ? -amount : amount).toString().padStart(digits + 1, '0');
  const sign = amount < 0n ? '-' : '';
  if (digits === 0) return sign + magnitude;
  return `${sign}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}

/** amount x percent / 100, rounded once. */
export function percentOf(amount: bigint, percent: string): bigint {
  const p = decimal(percent);
  return divideRounded(amount * p.digits, 100n * p.scale);
}

/** rate per hour x minutes x percent / 6000, rounded once at its end. */
export function lineAmount(ratePerHour: bigint, minutes: number, percent = '100'): bigint {
  const p = decimal(percent);
  return divideRounded(ratePerHour * BigInt(minutes) * p.digits, 6000n * p.scale);
}

/** The part of the index-th of n: each gets floor(amount / n), the first (amount mod n) one minor unit more. */
export function splitShare(amount: bigint, n: number, index: number): bigint {
  const parts = BigInt(n);
  const floor = amount >= 0n ? amount / parts : -((-amount + parts - 1n) / parts);
  return floor + (BigInt(index) < amount - floor * parts ? 1n : 0n);
}

/** miles x rate per mile (both decimals, the rate in major units), in minor units, rounded once. */
export function mileageAmount(miles: string, ratePerMile: string, digits: number): bigint {
  const m = decimal(miles);
  const rate = decimal(ratePerMile);
  return divideRounded(m.digits * rate.digits * 10n ** BigInt(digits), m.scale * rate.scale);
}

/** Compares two percentages exactly: negative, 0 or positive. */
export function comparePercent(a: string, b: string): number {
  const x = decimal(a);
  const y = decimal(b);
  const difference = x.digits * y.scale - y.digits * x.scale;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The smaller of two amounts: Math.min takes no bigint. */
export const smallerOf = (a: bigint, b: bigint): bigint => (a < b ? a : b);
