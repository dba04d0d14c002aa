import { expect, it } from 'vitest';
import { readMessageRules } from './message-rules.ts';
import { heldUntil, quietBegunIn, timeOf } from './reminder-times.ts';

const rules = readMessageRules({});
const zone = 'Europe/Dublin';
const at = (startsAt: string, minutes: number) => timeOf({ startsAt: new Date(startsAt), minutes, zone }, rules);

it('a reminder due by day goes out then', () => {
  expect(at('2026-03-03T16:00:00Z', 1440)).toEqual({ at: new Date('2026-03-02T16:00:00Z') });
});

it('one due at night waits for the morning where that is early enough', () => {
  expect(at('2026-03-03T22:00:00Z', 1440)).toEqual({ at: new Date('2026-03-03T07:00:00Z') });
  expect(at('2026-03-03T07:30:00Z', 60)).toEqual({ at: new Date('2026-03-03T07:00:00Z') });
});

it('one that would come too late in the morning goes out the evening before', () => {
  expect(at('2026-03-03T07:29:00Z', 60)).toEqual({ beforeQuiet: new Date('2026-03-02T21:00:00Z') });
  expect(at('2026-03-03T06:00:00Z', 120)).toEqual({ beforeQuiet: new Date('2026-03-02T21:00:00Z') });
});

it('one that is wanted five minutes before is of use five minutes before', () => {
  expect(at('2026-03-03T07:04:00Z', 5)).toEqual({ beforeQuiet: new Date('2026-03-02T21:00:00Z') });
  expect(at('2026-03-03T07:05:00Z', 10)).toEqual({ beforeQuiet: new Date('2026-03-02T21:00:00Z') });
  expect(at('2026-03-03T07:10:00Z', 15)).toEqual({ beforeQuiet: new Date('2026-03-02T21:00:00Z') });
  expect(at('2026-03-03T07:05:00Z', 5)).toEqual({ at: new Date('2026-03-03T07:00:00Z') });
});

it('what was planned too late for the evening comes at the end of the night, if that is before the start', () => {
  const now = new Date('2026-03-03T05:00:00Z');
  const reminder = { minutes: 120, zone };
  expect(heldUntil({ ...reminder, startsAt: new Date('2026-03-03T07:10:00Z') }, rules, now)).toEqual(
    new Date('2026-03-03T07:00:00Z'),
  );
  expect(heldUntil({ ...reminder, startsAt: new Date('2026-03-03T06:30:00Z') }, rules, now)).toBeUndefined();
  expect(heldUntil({ ...reminder, startsAt: now }, rules, now)).toBeUndefined();
});

it('of each zone the evening is found once', () => {
  const begun = (from: string, to: string) => quietBegunIn(zone, rules, new Date(from), new Date(to))?.to.toISOString();
  expect(begun('2026-03-02T20:59:00Z', '2026-03-02T21:00:00Z')).toBe('2026-03-03T07:00:00.000Z');
  expect(begun('2026-03-02T21:00:00Z', '2026-03-02T21:01:00Z')).toBeUndefined();
  expect(begun('2026-03-02T12:00:00Z', '2026-03-02T12:01:00Z')).toBeUndefined();
});
