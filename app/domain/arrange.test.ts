import { expect, it } from 'vitest';
import { movedOne } from './arrange.ts';

it.each([
  ['b', 'up', ['b', 'a', 'c']],
  ['b', 'down', ['a', 'c', 'b']],
  ['a', 'up', null],
  ['c', 'down', null],
  ['gone', 'down', null],
] as const)('%s moved %s changes places with its neighbour, and with nobody at an end', (id, to, order) => {
  expect(movedOne(['a', 'b', 'c'], id, to)).toEqual(order);
});
