import { expect, it } from 'vitest';
import { defaultMatchingRules } from '#app/domain/matching/matching-rules.ts';
import { rankedBy } from './ranked-by.ts';

const none = { times: 0, continuity: 0, load: 0, distance: 0, wishes: 0, outcomes: 0 };
const tutors = [
  { id: 'a', name: 'Ann', worths: { ...none, times: 1 } },
  { id: 'b', name: 'Bea', worths: { ...none, continuity: 1, times: 0.5 } },
];
const { weights } = defaultMatchingRules;

it('Typed weights rank anew, and say who moved against what is saved', () => {
  expect(rankedBy(tutors, weights, weights).map(({ name, points }) => [name, points])).toEqual([
    ['Bea', 35],
    ['Ann', 30],
  ]);
  expect(rankedBy(tutors, { ...weights, continuity: 0 }, weights)).toEqual([
    { id: 'a', name: 'Ann', points: 30, moved: 1 },
    { id: 'b', name: 'Bea', points: 15, moved: -1 },
  ]);
});
