import { expect, test } from 'vitest';
import { instantTime } from './instant-time.ts';

test('a session starts at the second of the click', () => {
  expect(instantTime(new Date('2026-03-02T14:07:33.900Z'), 'America/New_York')).toEqual({
    startNow: new Date('2026-03-02T14:07:33Z'),
    wallStart: '2026-03-02T09:07:33',
    zone: 'America/New_York',
  });
});

test('in the hour that a clock change repeats it is now, not an hour ago', () => {
  // 01:30 comes twice in Dublin on that night; this is the second time.
  const time = instantTime(new Date('2026-10-25T01:30:00Z'), 'Europe/Dublin');
  expect(time).toMatchObject({ startNow: new Date('2026-10-25T01:30:00Z'), wallStart: '2026-10-25T01:30:00' });
});
