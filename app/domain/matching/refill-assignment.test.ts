import fc from 'fast-check';
import { expect, it } from 'vitest';
import { greedy } from './greedy-assignment.ts';
import { evenPrices, packAssignment, weigh } from './packed-assignment.ts';
import { refill } from './refill-assignment.ts';

const cell = fc.record({ allowed: fc.boolean(), cost: fc.integer({ min: -20, max: 20 }), use: fc.integer({ min: 0, max: 6 }) });
const market = fc.record({
  capacities: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 4 }),
  rows: fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 8 }),
  unplacedCost: fc.oneof(fc.constant(null), fc.integer({ min: -10, max: 100 })),
});

it('of any market, filling anew makes every answer better than the last, and none breaks a capacity or beats the even price', () => {
  fc.assert(
    fc.property(market, ({ capacities, rows, unplacedCost }) => {
      const pairs = rows.flatMap((cells, row) =>
        capacities.flatMap((_, column) => {
          const { allowed, cost, use } = cells[column] ?? { allowed: false, cost: 0, use: 0 };
          return allowed ? [{ row, column, cost, use }] : [];
        }),
      );
      const problem = packAssignment({ rows: rows.length, capacities, pairs, unplacedCost });
      const start = greedy(problem);
      fc.pre(weigh(problem, start).feasible);
      const { bound, columnPrices } = evenPrices(problem);
      let last = weigh(problem, start).value;
      let times = 0;
      expect(bound).toBeLessThanOrEqual(last + 1e-6);
      refill(problem, start, {
        endsAt: performance.now() + 5,
        prices: columnPrices,
        onBetter: (chosen, value) => {
          expect(value).toBeLessThan(last);
          expect(value).toBeGreaterThanOrEqual(bound - 1e-6);
          expect(weigh(problem, chosen)).toEqual({ value, feasible: true });
          last = value;
        },
        enough: () => ++times > 50,
      });
    }),
    { numRuns: 100 },
  );
});
