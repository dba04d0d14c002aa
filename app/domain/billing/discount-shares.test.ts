import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharesOfDiscount } from './discount-shares.ts';

const base = (net: bigint, taxPercent: string, localDate = '2026-03-10') => ({ net, taxPercent, localDate, programId: null });

describe('a discount over lines of several taxes', () => {
  it('goes down with what it is taken from, in proportion', () => {
    expect(sharesOfDiscount([base(6000n, '20'), base(2000n, '20.0000', '2026-03-20'), base(2000n, '0')], 1000n)).toEqual([
      { amount: 800n, of: 8000n, taxPercent: '20', localDate: '2026-03-20', programId: null },
      { amount: 200n, of: 2000n, taxPercent: '0', localDate: '2026-03-10', programId: null },
    ]);
  });

  it('adds up to the cent, and never takes more than there is', () => {
    const bases = fc.array(fc.tuple(fc.bigInt({ min: 1n, max: 99_999n }), fc.constantFrom('0', '5', '20')), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(bases, fc.integer({ min: 1, max: 1000 }), (lines, permille) => {
        const whole = lines.reduce((sum, [net]) => sum + net, 0n);
        const amount = (whole * BigInt(permille)) / 1000n;
        const shares = sharesOfDiscount(
          lines.map(([net, tax]) => base(net, tax)),
          amount,
        );
        expect(shares.reduce((sum, share) => sum + share.amount, 0n)).toBe(amount);
        for (const share of shares) expect(share.amount).toBeLessThanOrEqual(share.of);
      }),
    );
  });
});
