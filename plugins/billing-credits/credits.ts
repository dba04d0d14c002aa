/**
 * `percent` of an amount, rounded once, half away from zero. The percentage is an exact decimal as text ("33.33"), so
 * that no float ever touches it; the amount is not negative.
 */
export function percentOf(amount: bigint, percent: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(percent);
  if (!match?.[1]) throw new RangeError(`Not a percentage: ${percent}`);
  const decimals = match[2] ?? '';
  const scaled = amount * BigInt(match[1] + decimals);
  const divisor = 100n * 10n ** BigInt(decimals.length);
  return (2n * scaled + divisor) / (2n * divisor);
}

/** Hundredths of a credit for a person: 100n is "1.00". */
export function formatCredits(hundredths: bigint): string {
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
