import { expect, it } from 'vitest';
import { feedbackState, isAsked } from './feedback.ts';

const end = new Date('2026-03-01T16:00:00Z');
const at = (text: string) => new Date(text);

it('feedback is given from the end of a session on, for a month', () => {
  expect(feedbackState(end, undefined, at('2026-03-01T15:59:59Z'))).toBe('too_early');
  expect(feedbackState(end, undefined, end)).toBe('open');
  expect(feedbackState(end, undefined, at('2026-03-31T15:59:59Z'))).toBe('open');
  expect(feedbackState(end, undefined, at('2026-03-31T16:00:00Z'))).toBe('closed');
});

it('once given it may be changed for a week, even where the month is over by then', () => {
  const given = { createdAt: at('2026-03-30T10:00:00Z') };
  expect(feedbackState(end, given, at('2026-04-06T09:59:59Z'))).toBe('open');
  expect(feedbackState(end, given, at('2026-04-06T10:00:00Z'))).toBe('closed');
});

it('a family is asked after the first session with a tutor and after every so many, or never', () => {
  const asked = (every: number) => Array.from({ length: 11 }, (_, n) => n + 1).filter((nth) => isAsked(nth, every));
  expect(asked(5)).toEqual([1, 5, 10]);
  expect(asked(1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(asked(0)).toEqual([]);
});
