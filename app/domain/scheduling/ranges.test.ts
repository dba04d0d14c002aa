import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, intersect, type Range, subtract, union } from './ranges.ts';

const ranges = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 12 }))
    .map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 8 },
);
const moments = Array.from({ length: 60 }, (_, moment) => moment);
const has = (list: readonly Range[], moment: number) => list.some(({ start, end }) => start <= moment && moment < end);
const inOrderAndApart = (list: readonly Range[]) =>
  list.every(({ start, end }, i) => start < end && (i === 0 || (list[i - 1]?.end ?? 0) < start));

describe('spans of time', () => {
  it('a moment is in the union, the difference, the intersection as it is in what they are made of', () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const [both, less, common] = [union([...a, ...b]), subtract(a, b), intersect(a, b)];
        for (const list of [both, less, common]) expect(inOrderAndApart(list)).toBe(true);
        for (const moment of moments) {
          expect(has(both, moment)).toBe(has(a, moment) || has(b, moment));
          expect(has(less, moment)).toBe(has(a, moment) && !has(b, moment));
          expect(has(common, moment)).toBe(has(a, moment) && has(b, moment));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('a session fits where every moment of it is open', () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 45 }), fc.integer({ min: 1, max: 12 }), (list, start, length) => {
        const open = union(list);
        const all = moments.filter((moment) => start <= moment && moment < start + length);
        expect(covers(open, { start, end: start + length })).toBe(all.every((moment) => has(open, moment)));
      }),
      { numRuns: 2_000 },
    );
  });
});
