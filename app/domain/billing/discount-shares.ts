import { shortPercent } from './tax.ts';

interface Base {
  localDate: string;
  net: bigint;
  taxPercent: string;
  programId: string | null;
}

export interface DiscountShare {
  /** Above 0, minor units. */
  amount: bigint;
  /** What it is taken from: the net of its tax percentage. */
  of: bigint;
  taxPercent: string;
  /** The last day among its lines, so that it goes onto the same run. */
  localDate: string;
  programId: string | null;
}

/**
 * An amount over the tax percentages it is taken from, in proportion to their nets: each gets the floor, and what is left
 * goes to the first ones that still have room. The shares add up to the amount; none is more than its net.
 */
export function sharesOfDiscount(bases: readonly Base[], amount: bigint): DiscountShare[] {
  const groups = new Map<string, DiscountShare>();
  for (const base of bases) {
    const taxPercent = shortPercent(base.taxPercent);
    const group = groups.get(taxPercent) ?? { ...base, taxPercent, amount: 0n, of: 0n };
    group.of += base.net;
    if (base.localDate > group.localDate) group.localDate = base.localDate;
    groups.set(taxPercent, group);
  }
  const takers = [...groups.values()].filter((group) => group.of > 0n);
  const whole = takers.reduce((sum, group) => sum + group.of, 0n);
  let left = amount;
  for (const group of takers) {
    group.amount = (amount * group.of) / whole;
    left -= group.amount;
  }
  for (const group of takers) {
    const room = group.of - group.amount;
    const more = left < room ? left : room;
    group.amount += more;
    left -= more;
  }
  return takers
    .filter((group) => group.amount > 0n)
    .map(({ amount: share, of, taxPercent, localDate, programId }) => ({ amount: share, of, taxPercent, localDate, programId }));
}
