import { divideRounded } from './money.ts';

/** A lot as the books have it; credits in hundredths, money in minor units. */
export interface LotFacts {
  id: string;
  /** What was charged for it, less what credit notes took back, with what moved in or out with credits. */
  price: bigint;
  /** The credits that the price is for. */
  base: bigint;
  /** Available still. */
  balance: bigint;
  /** Taken by places that are booked and not settled. */
  held: bigint;
  /** What it covered of credits that were taken below zero before it was bought. */
  covered: bigint;
  /** Posted as revenue so far. */
  recognised: bigint;
}

/**
 * What of each lot's price is earned: the part whose credits are used, expired or gone. What the family can still take, or
 * has booked, stays a liability: price x outstanding / credits, rounded once, so that at the last credit all of the price is
 * earned, to the minor unit.
 * @param lots in the order they were bought: the first covers what was used below zero, the rest what is booked there
 * @param usedBelowZero hundredths used that no lot was there for
 */
export function earnedOf(lots: readonly LotFacts[], usedBelowZero: bigint): Map<string, bigint> {
  const earned = new Map<string, bigint>();
  let used = usedBelowZero;
  for (const lot of lots) {
    const gone = used < lot.covered ? used : lot.covered;
    used -= gone;
    const outstanding = clamp(lot.balance + lot.held + lot.covered - gone, lot.base);
    earned.set(lot.id, lot.base === 0n ? lot.price : lot.price - divideRounded(lot.price * outstanding, lot.base));
  }
  return earned;
}

const clamp = (value: bigint, most: bigint) => (value < 0n ? 0n : value > most ? most : value);
