/** How rates change together: by a percentage or an amount, rounded. Pure, browser-safe. */
import { decimal, divideRounded } from './money.ts';
import type { RateBasis } from './pricing.ts';

export interface RateRise {
  /** An exact decimal such as "4.5" or "-10"; or an amount in minor units, negative to lower. One of the two. */
  percent: string | null;
  amount: bigint | null;
  /** Minor units the new amount is a multiple of: 1 for none, 50 for half a unit, 100 for whole ones. */
  roundTo: bigint;
}

/** The new amount, rounded once, half away from zero, never below 0; undefined where it stays or is a share of the fees. */
export function risen(
  rate: { basis: RateBasis; amountPerHour: bigint },
  { percent, amount, roundTo }: RateRise,
): bigint | undefined {
  if (rate.basis === 'percent') return undefined;
  const step = roundTo < 1n ? 1n : roundTo;
  const p = decimal(percent ?? '0');
  const scale = 100n * p.scale;
  const exact = rate.amountPerHour * (scale + p.digits) + (amount ?? 0n) * scale;
  const next = divideRounded(exact, scale * step) * step;
  const result = next < 0n ? 0n : next;
  return result === rate.amountPerHour ? undefined : result;
}
