import { expect, it } from 'vitest';
import { weekTimeText } from './week-time-text.ts';

it('a time of the week reads as the locale writes the day’s hours', () => {
  const tuesday = { start: 1_440 + 18 * 60 + 30 };
  expect(weekTimeText(tuesday, 'en-US').replace('\u202f', ' ')).toBe('Tue 6:30 PM');
  expect(weekTimeText(tuesday, 'en-GB')).toBe('Tue 18:30');
});
