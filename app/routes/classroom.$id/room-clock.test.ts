import { describe, expect, test } from 'vitest';
import { roomTime, spoken } from './room-clock.ts';

const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);
const time = (now: string) => roomTime(at(now), at('15:00:00'), at('16:00:00'));

describe('the clock of the room', () => {
  test.each([
    ['14:52:30', 'before', 'Starts in 8 min'],
    ['14:59:59', 'before', 'Starts in 1 min'],
    ['15:00:00', 'during', '60 min left'],
    ['15:54:59', 'during', '6 min left'],
    ['15:55:00', 'last', '5:00 left'],
    ['15:58:55', 'last', '1:05 left'],
    ['15:59:59', 'last', '0:01 left'],
    ['16:00:00', 'over', 'Time is up'],
    ['16:07:10', 'over', '7 min over'],
  ])('at %s', (now, phase, text) => {
    expect(time(now)).toEqual({ phase, text });
  });

  test('says aloud that the session begins, that five minutes are left, and that the time is up; each once', () => {
    expect(spoken('before', 'during')).toBe('The session begins.');
    expect(spoken('during', 'last')).toBe('5 minutes left.');
    expect(spoken('last', 'over')).toBe('The time is up.');
    expect(spoken('during', 'during')).toBeUndefined();
  });
});
