import { expect, it } from 'vitest';
import { readAssignmentFile } from './assignment-file.ts';

it('reads costs row by row', () => {
  const { rows, capacities, pairs, unplacedCost } = readAssignmentFile('2\n 1 2\n 3 4.5\n', 'orlib-assign');
  expect({ rows, capacities, unplacedCost }).toEqual({ rows: 2, capacities: [1, 1], unplacedCost: null });
  expect(pairs.map(({ row, column, cost }) => [row, column, cost])).toEqual([
    [0, 0, 1],
    [0, 1, 2],
    [1, 0, 3],
    [1, 1, 4.5],
  ]);
});

it('reads agents with their costs, weights and capacities', () => {
  const { rows, capacities, pairs } = readAssignmentFile('2 3  1 2 3  4 5 6  7 8 9  10 11 12  20 30', 'gap');
  expect({ rows, capacities }).toEqual({ rows: 3, capacities: [20, 30] });
  expect(pairs).toContainEqual({ row: 2, column: 0, cost: 3, use: 9 });
  expect(pairs).toContainEqual({ row: 0, column: 1, cost: 4, use: 10 });
});

it.each([
  ['', 'orlib-assign', 'The file ends before the number of rows.'],
  ['0', 'orlib-assign', 'The number of rows must be a whole number above 0, it is 0.'],
  ['2 1 2 3', 'orlib-assign', 'The file ends before the cost of row 2, column 2.'],
  ['1 x', 'orlib-assign', 'The cost of row 1, column 1 must be a number, not "x".'],
  ['1 0x10', 'orlib-assign', 'must be a number, not "0x10"'],
  ['1 5 6', 'orlib-assign', 'The file goes on after its last number: 1 more word.'],
  ['100000', 'orlib-assign', 'The file speaks of 10000000000 pairs'],
  ['1 1 5 -6 7', 'gap', 'The weight of item 1 at agent 1 must not be negative, it is -6.'],
  ['1 1 5 6', 'gap', 'The file ends before the capacity of agent 1.'],
] as const)('says what is wrong with %j', (text, format, message) => {
  expect(() => readAssignmentFile(text, format)).toThrow(message);
});
