import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { risen } from './rate-rise.ts';

const hour = (amountPerHour: bigint) => ({ basis: 'per_hour' as const, amountPerHour });
const by = (percent: string | null, amount: bigint | null = null, roundTo = 1n) => ({ percent, amount, roundTo });

describe('rates that change together', () => {
  it('by a percentage, rounded once and half away from zero, to the step that was asked for', () => {
    expect(risen(hour(5840n), by('4.5'))).toBe(6103n);
    expect(risen(hour(5840n), by('4.5', null, 50n))).toBe(6100n);
    expect(risen(hour(5840n), by('4.5', null, 100n))).toBe(6100n);
    expect(risen(hour(50n), by('1'))).toBe(51n);
  });

  it('by an amount up and down, never below nothing', () => {
    expect(risen(hour(5840n), by(null, 150n))).toBe(5990n);
    expect(risen(hour(100n), by(null, -150n))).toBe(0n);
    expect(risen(hour(5840n), by(null, 0n))).toBeUndefined();
  });

  it('a share of the fees follows the fees by itself', () => {
    expect(risen({ basis: 'percent', amountPerHour: 0n }, by('5'))).toBeUndefined();
  });

  it('the new amount is a multiple of the step and within half a step of the exact one', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 100_000n }),
        fc.integer({ min: -50, max: 50 }),
        fc.constantFrom(1n, 5n, 50n, 100n),
        (amount, percent, step) => {
          const next = risen(hour(amount), by(String(percent), null, step)) ?? amount;
          if (next === amount) return;
          expect(next % step).toBe(0n);
          const off = next * 100n - amount * BigInt(100 + percent);
          expect((off < 0n ? -off : off) * 2n).toBeLessThanOrEqual(100n * step);
        },
      ),
    );
  });
});
