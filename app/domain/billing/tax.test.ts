import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creditTotals, shortPercent, totalsOf } from './tax.ts';

const line = fc.record({
  net: fc.bigInt({ min: -500_000n, max: 5_000_000n }).filter((net) => net !== 0n),
  taxPercent: fc.constantFrom('0', '5', '8.875', '20', '23', '7.7', '19.0000'),
});
const lines = fc.array(line, { minLength: 1, maxLength: 30 });
const at20 = (net: bigint) => ({ net, taxPercent: '20' });

describe('tax of an invoice', () => {
  it('the nets of one percentage are summed and tax is rounded once per percentage', () => {
    const three = [1n, 1n, 1n].map((net) => ({ net, taxPercent: '20' }));
    // Each alone would be 0.2, rounded to 0.
    expect(totalsOf(three)).toEqual({ net: 3n, tax: 1n, total: 4n, taxes: [{ taxPercent: '20', net: 3n, tax: 1n }] });
  });

  it('a half is rounded away from zero, on either side of it', () => {
    expect(totalsOf([{ net: 10n, taxPercent: '5' }]).tax).toBe(1n);
    expect(totalsOf([{ net: -10n, taxPercent: '5' }]).tax).toBe(-1n);
    expect(totalsOf([{ net: 23_916n, taxPercent: '8.8750' }]).tax).toBe(2123n);
  });

  it('the total is the sum of nets and the sum of taxes, whatever the order of the lines', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const totals = totalsOf(all);
        expect(totals.net).toBe(all.reduce((sum, one) => sum + one.net, 0n));
        expect(totals.tax).toBe(totals.taxes.reduce((sum, one) => sum + one.tax, 0n));
        expect(totals.total).toBe(totals.net + totals.tax);
        expect(totalsOf([...all].reverse())).toEqual(totals);
      }),
    );
  });

  it('a percentage has one name, however many zeros it is stored with', () => {
    expect(['20.0000', '8.8750', '0.0000', '100', '0'].map(shortPercent)).toEqual(['20', '8.875', '0', '100', '0']);
  });
});

describe('credit notes', () => {
  it('68.33 + 57.50 + 85.00 + 68.33 at 20 % is invoiced 334.99, and its four single-line credit notes give back exactly that', () => {
    const invoiced = [at20(6833n), at20(5750n), at20(8500n), at20(6833n)];
    expect(totalsOf(invoiced).total).toBe(33499n);
    let remaining = invoiced;
    const notes = invoiced.map((one) => {
      const after = remaining.filter((other) => other !== one);
      const note = creditTotals(remaining, after);
      remaining = after;
      return note.total;
    });
    expect(notes.reduce((sum, total) => sum + total, 0n)).toBe(-33499n);
  });

  it('a credit note of all lines is the exact negative of the invoice', () => {
    fc.assert(
      fc.property(lines, (all) => {
        const invoice = totalsOf(all);
        const note = creditTotals(all, []);
        expect([note.net, note.tax, note.total]).toEqual([-invoice.net, -invoice.tax, -invoice.total]);
      }),
    );
  });

  it('however an invoice is taken back, in whatever order and portions, the credit notes add up to it', () => {
    const ordered = lines.chain((all) =>
      fc.tuple(fc.shuffledSubarray(all, { minLength: all.length }), fc.integer({ min: 1, max: 7 })),
    );
    fc.assert(
      fc.property(ordered, ([all, portion]) => {
        let remaining = [...all];
        let given = { net: 0n, tax: 0n, total: 0n };
        while (remaining.length > 0) {
          const after = remaining.slice(portion);
          const note = creditTotals(remaining, after);
          given = { net: given.net + note.net, tax: given.tax + note.tax, total: given.total + note.total };
          remaining = after;
        }
        const { net, tax, total } = totalsOf(all);
        expect(given).toEqual({ net: -net, tax: -tax, total: -total });
      }),
    );
  });

  it('taken back in parts of lines, they add up to it too', () => {
    const parts = lines.chain((all) =>
      fc.tuple(fc.constant(all), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 100 })), { maxLength: 12 })),
    );
    fc.assert(
      fc.property(parts, ([all, steps]) => {
        let remaining = [...all];
        let given = 0n;
        const take = (after: typeof remaining) => {
          given += creditTotals(remaining, after).total;
          remaining = after;
        };
        for (const [which, percent] of steps) {
          const at = which % Math.max(remaining.length, 1);
          take(
            remaining.map((line, index) =>
              index === at ? { ...line, net: line.net - (line.net * BigInt(percent)) / 100n } : line,
            ),
          );
        }
        take([]);
        expect(given).toBe(-totalsOf(all).total);
      }),
    );
  });
});
