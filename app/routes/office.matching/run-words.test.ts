import { expect, it } from 'vitest';
import { costWords, gapWords } from './run-words.ts';

it('says how near to the best it is, and claims a proof only where there is one', () => {
  expect(gapWords({ gapPoints: 0, gap: 0 })).toBe('Proven: no other assignment is better.');
  expect(gapWords({ gapPoints: 1, gap: 0.0004 })).toBe('No other assignment is better by more than 1 point (0.040 %).');
  expect(gapWords({ gapPoints: 30, gap: 0.012 })).toBe('No other assignment is better by more than 30 points (1.2 %).');
  expect(gapWords({ gapPoints: null, gap: null })).toContain('ended before');
});

it('says what another would cost', () => {
  expect([4, 1, 0, null].map(costWords)).toEqual([
    'costs at least 4 points overall',
    'costs at least 1 point overall',
    'hardly worse for all together',
    '',
  ]);
});
