import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earnedOf, type LotFacts } from './recognition.ts';

const lot = (over: Partial<LotFacts>): LotFacts => ({
  id: 'a',
  price: 10_001n,
  base: 300n,
  balance: 300n,
  held: 0n,
  covered: 0n,
  recognised: 0n,
  ...over,
});
const earned = (over: Partial<LotFacts>, usedBelowZero = 0n) => earnedOf([lot(over)], usedBelowZero).get('a');

describe('what of a package is earned', () => {
  it('nothing while its credits are there or only booked', () => {
    expect([earned({}), earned({ balance: 100n, held: 200n })]).toEqual([0n, 0n]);
  });

  it('by the credits that are used, rounded once each time, and all of it with the last', () => {
    expect([earned({ balance: 200n }), earned({ balance: 100n }), earned({ balance: 0n })]).toEqual([3334n, 6667n, 10_001n]);
  });

  it('what it covered of credits used below zero is earned at once, what is booked there when it takes place', () => {
    const bought = { balance: 100n, covered: 200n };
    expect([earned(bought, 200n), earned(bought, 50n), earned(bought, 0n)]).toEqual([6667n, 1667n, 0n]);
    const two = [lot({ balance: 0n, covered: 300n }), lot({ id: 'b', balance: 200n, covered: 100n })];
    expect([...earnedOf(two, 350n).values()]).toEqual([10_001n, 1667n]);
  });

  it('after a credit note the same part of what is left of the price', () => {
    expect(earned({ price: 6001n, balance: 150n })).toBe(3000n);
    expect(earned({ price: 0n, balance: 150n })).toBe(0n);
  });

  it('using credits one by one never takes anything back, and comes to the price', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1_000_000n }),
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 20 }),
        (price, parts) => {
          const base = BigInt(parts.reduce((sum, part) => sum + part, 0));
          let left = base;
          let before = 0n;
          for (const part of parts) {
            left -= BigInt(part);
            const now = earned({ price, base, balance: left }) ?? -1n;
            expect(now).toBeGreaterThanOrEqual(before);
            before = now;
          }
          if (base > 0n) expect(before).toBe(price);
        },
      ),
    );
  });
});
