import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import loadHighs from 'highs';
import { expect, it } from 'vitest';
import type { AssignmentProblem } from './assignment.ts';
import { readAssignmentFile } from './assignment-file.ts';
import { columnsOf, packAssignment } from './packed-assignment.ts';
import { solveAssignment } from './solve-assignment.server.ts';
import { solvePacked } from './solve-packed.server.ts';

const highs = await loadHighs();

async function solveHere(problem: AssignmentProblem) {
  const packed = packAssignment(problem);
  const answer = await solvePacked(async () => highs, packed, { timeLimitSeconds: 30, gap: 0 });
  return { ...answer, columns: answer.chosen && columnsOf(packed, answer.chosen) };
}

/** The least cost by trying everything; infinite: there is no way. `forced` must be part of it. */
function leastCost(problem: AssignmentProblem, forced?: { row: number; column: number }): number {
  const left = [...problem.capacities];
  const place = (row: number): number => {
    if (row === problem.rows) return 0;
    const isForced = forced?.row === row;
    let least = problem.unplacedCost === null || isForced ? Number.POSITIVE_INFINITY : problem.unplacedCost + place(row + 1);
    for (const pair of problem.pairs) {
      if (pair.row !== row || (isForced && pair.column !== forced.column)) continue;
      if (pair.use > (left[pair.column] ?? 0)) continue;
      left[pair.column] = (left[pair.column] ?? 0) - pair.use;
      least = Math.min(least, pair.cost + place(row + 1));
      left[pair.column] = (left[pair.column] ?? 0) + pair.use;
    }
    return least;
  };
  return place(0);
}

/** What an assignment costs, when it keeps to the pairs and the capacities. */
function costOf(problem: AssignmentProblem, columns: Int32Array): number {
  const left = [...problem.capacities];
  let cost = 0;
  for (const [row, column] of columns.entries()) {
    if (column < 0) {
      expect(problem.unplacedCost).not.toBeNull();
      cost += problem.unplacedCost ?? 0;
      continue;
    }
    const pair = problem.pairs.find((each) => each.row === row && each.column === column);
    expect(pair, `row ${row} may have column ${column}`).toBeDefined();
    left[column] = (left[column] ?? 0) - (pair?.use ?? 0);
    cost += pair?.cost ?? 0;
  }
  expect(Math.min(0, ...left)).toBe(0);
  return cost;
}

const market = (use: fc.Arbitrary<number>, unplaced: fc.Arbitrary<number | null>): fc.Arbitrary<AssignmentProblem> =>
  fc.record({ rows: fc.integer({ min: 1, max: 6 }), columns: fc.integer({ min: 1, max: 4 }) }).chain(({ rows, columns }) =>
    fc.record({
      rows: fc.constant(rows),
      capacities: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: columns, maxLength: columns }),
      unplacedCost: unplaced,
      pairs: fc
        .array(fc.record({ allowed: fc.boolean(), quarters: fc.integer({ min: -80, max: 80 }), use }), {
          minLength: rows * columns,
          maxLength: rows * columns,
        })
        .map((cells) =>
          cells.flatMap((cell, index) =>
            cell.allowed
              ? [{ row: Math.floor(index / columns), column: index % columns, cost: cell.quarters / 4, use: cell.use }]
              : [],
          ),
        ),
    }),
  );

async function isTheBest(problem: AssignmentProblem): Promise<void> {
  const least = leastCost(problem);
  const answer = await solveHere(problem);
  expect(answer.proven).toBe(true);
  if (least === Number.POSITIVE_INFINITY) {
    expect(answer.columns).toBeNull();
    return;
  }
  expect(answer.columns && costOf(problem, answer.columns)).toBeCloseTo(least, 9);
  expect(answer.value).toBeCloseTo(least, 9);
  expect(answer.bound).toBe(answer.value);
}

const whatever = fc.oneof(fc.constant(null), fc.integer({ min: -10, max: 100 }));

it('of any small market it finds the best there is, where rows take different amounts', async () => {
  await fc.assert(fc.asyncProperty(market(fc.integer({ min: 0, max: 6 }), whatever), isTheBest), { numRuns: 300 });
});

it('of any small market it finds the best there is, where all take the same', async () => {
  await fc.assert(fc.asyncProperty(market(fc.constant(2), whatever), isTheBest), { numRuns: 300 });
});

it('leaves nobody without a tutor whom the best assignment places, however tight it is', async () => {
  const tight = market(fc.integer({ min: 1, max: 4 }), fc.constant(10_000));
  await fc.assert(
    fc.asyncProperty(tight, async (problem) => {
      const fewest = Math.round(leastCost(problem) / 10_000) + 0;
      const { columns } = await solveHere(problem);
      expect(columns?.filter((column) => column < 0).length).toBe(fewest);
    }),
    { numRuns: 100 },
  );
});

it('to choose another costs at least what the prices say', async () => {
  await fc.assert(
    fc.asyncProperty(market(fc.integer({ min: 1, max: 5 }), fc.constant(50)), async (problem) => {
      const { rowPrices, columnPrices, value, priceBound: bound } = await solveHere(problem);
      expect(bound).toBeLessThanOrEqual(value + 1e-6);
      for (const { row, column, cost, use } of problem.pairs) {
        const says = bound + cost - (rowPrices?.[row] ?? 0) - use * (columnPrices?.[column] ?? 0);
        expect(leastCost(problem, { row, column })).toBeGreaterThanOrEqual(says - 1e-6);
      }
    }),
    { numRuns: 100 },
  );
});

it.each([
  ['assign100.txt', 'orlib-assign', 305],
  ['assign200.txt', 'orlib-assign', 475],
  ['gap1-0.txt', 'gap', 261],
] as const)('%s of OR-Library is solved to its published optimum, and proven', async (file, format, optimum) => {
  const problem = readAssignmentFile(await readFile(`tests/cases/orlib/${file}`, 'utf8'), format);
  const told: number[] = [];
  const solved = await solveAssignment(problem, {
    timeLimitSeconds: 30,
    gap: 0,
    onProgress: ({ value, bound }) => {
      if (value !== null && bound !== null) told.push(value - bound);
    },
  });
  expect(solved).toMatchObject({ value: optimum, bound: optimum, gap: 0, optimal: true });
  expect(solved.columns && costOf(problem, solved.columns)).toBe(optimum);
  expect(Math.min(...told)).toBe(0);
});

it('where every minute is needed, only those are left out for whom there is no room, and that is proven', async () => {
  const columns = 60;
  const pieces = [...Array.from({ length: columns }, () => [45, 45, 90, 60]).flat(), 120, 180];
  const placeOf = (row: number) => (row * 101) % pieces.length;
  const uses = pieces.map((_, row) => pieces[placeOf(row)] ?? 0);
  const pairs = uses.flatMap((use, row) =>
    Array.from({ length: columns }, (_, column) => ({ row, column, use, cost: -100 - (row % 7) })).filter(
      ({ column }) => column === Math.floor(placeOf(row) / 4) || (row * 7919 + column * 104_729 + row * column) % 7 === 0,
    ),
  );
  const problem = { rows: uses.length, capacities: new Array<number>(columns).fill(240), pairs, unplacedCost: 2_000 };
  const solved = await solveHere(problem);
  expect(solved.proven).toBe(true);
  expect(solved.columns && costOf(problem, solved.columns)).toBe(solved.bound);
  expect(uses.filter((_, row) => solved.columns?.[row] === -1).sort()).toEqual([120, 180]);
});

/** Nobody proves this in a blink: costs fall as weights rise, and there is hardly room. */
function hard(rows: number, columns: number): AssignmentProblem {
  const use = (row: number, column: number) => 1 + ((row * 7919 + column * 104_729 + row * column * 31) % 100);
  const pairs = Array.from({ length: rows * columns }, (_, index) => {
    const [row, column] = [Math.floor(index / columns), index % columns];
    return { row, column, use: use(row, column), cost: 111 - use(row, column) + ((row * 13 + column * 17) % 21) - 10 };
  });
  return { rows, capacities: new Array(columns).fill(Math.floor((0.8 * 50.5 * rows) / columns)), pairs, unplacedCost: null };
}

it('out of time it has an answer that keeps the rules, and a bound that is none too high', async () => {
  const problem = hard(120, 12);
  const short = await solveAssignment(problem, { timeLimitSeconds: 1.5, gap: 0 });
  expect(short.columns && costOf(problem, short.columns)).toBe(short.value);
  expect(short.bound).toBeGreaterThan(0);
  expect(short.bound).toBeLessThanOrEqual(short.value);
  expect(short.optimal).toBe(short.bound === short.value);
});

it('stopped early it hands over the best it has', async () => {
  const problem = hard(120, 12);
  const stop = new AbortController();
  const solved = await solveAssignment(problem, {
    timeLimitSeconds: 60,
    gap: 0,
    signal: stop.signal,
    onProgress: ({ value }) => value !== null && stop.abort(),
  });
  expect(solved.columns && costOf(problem, solved.columns)).toBe(solved.value);
  expect(solved.seconds).toBeLessThan(30);
});

it('is told at once that the numbers are none', async () => {
  const problem = { rows: 1, capacities: [1], unplacedCost: null };
  const options = { timeLimitSeconds: 1, gap: 0 };
  const solve = (cost: number, column: number, use = 1) =>
    solveAssignment({ ...problem, pairs: [{ row: 0, column, cost, use }] }, options);
  await expect(solve(Number.NaN, 0)).rejects.toThrow('NaN is no cost');
  await expect(solve(1, 1)).rejects.toThrow('There is no column 1');
  await expect(solve(1, 0, -1)).rejects.toThrow('-1 can’t be used');
});
