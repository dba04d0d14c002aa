/** Exact arithmetic on what the settings say as text ("89.90", "4.5"): no float ever touches money or time. */

interface Decimal {
  value: bigint;
  scale: bigint;
}

function decimal(text: string): Decimal {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match?.[1]) throw new RangeError(`Not a plain decimal: ${text}`);
  const decimals = match[2] ?? '';
  return { value: BigInt(match[1] + decimals), scale: 10n ** BigInt(decimals.length) };
}

/** n / d, rounded once, half up; both not negative. */
export const divide = (n: bigint, d: bigint): bigint => (2n * n + d) / (2n * d);

/** "89.90" in minor units of a currency with so many decimals. */
export function minorUnits(amount: string, digits: number): bigint {
  const { value, scale } = decimal(amount);
  return divide(value * 10n ** BigInt(digits), scale);
}

/** Millionths of a minute: minutes by percentages of up to four decimals stay whole in it. */
export const FINE = 1_000_000n;

/** What so many minutes at a percentage count, in millionths of a minute. */
export function fineMinutes(minutes: number, percent: string): bigint {
  const { value, scale } = decimal(percent);
  return (BigInt(minutes) * value * FINE) / (100n * scale);
}

/** Included hours in millionths of a minute. */
export function fineHours(hours: string): bigint {
  const { value, scale } = decimal(hours);
  return (value * 60n * FINE) / scale;
}

/** Millionths of a minute for a person: "1 h 30 min". */
export function timeText(fine: bigint): string {
  const minutes = divide(fine, FINE);
  const [hours, rest] = [minutes / 60n, minutes % 60n];
  if (hours === 0n) return `${rest} min`;
  return rest === 0n ? `${hours} h` : `${hours} h ${rest} min`;
}
