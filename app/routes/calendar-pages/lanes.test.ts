import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLanes, type Span } from './lanes.ts';

const span = (from: number, to: number) => ({ from, to });
const touches = (a: Span, b: Span) => a.from < b.to && b.from < a.to;

describe('sessions that overlap', () => {
  it('stand side by side, and those back to back one below the other at full width', () => {
    const { placed } = inLanes([span(540, 600), span(600, 660), span(570, 630), span(700, 760)], 3);
    expect(placed.map(({ item, lane, lanes }) => [item.from, lane, lanes])).toEqual([
      [540, 0, 2],
      [570, 1, 2],
      [600, 0, 2],
      [700, 0, 1],
    ]);
  });

  it('never cover each other, and none is lost: what finds no lane is counted', () => {
    const spans = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 16 })).map(([at, length]) => span(at, at + length)),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(spans, fc.integer({ min: 2, max: 5 }), (all, most) => {
        const { placed, overflow } = inLanes(all, most);
        expect(placed.length + overflow.reduce((sum, one) => sum + one.items.length, 0)).toBe(all.length);
        for (const [index, one] of placed.entries()) {
          expect(one.lane).toBeLessThan(one.lanes);
          expect(one.lanes).toBeLessThanOrEqual(most);
          for (const other of placed.slice(index + 1)) {
            if (touches(one.item, other.item)) expect([one.lane, one.lanes]).not.toEqual([other.lane, one.lanes]);
          }
          // The mark has the last lane for itself.
          for (const mark of overflow) if (touches(one.item, mark)) expect(one.lane).toBeLessThan(most - 1);
        }
      }),
    );
  });
});
