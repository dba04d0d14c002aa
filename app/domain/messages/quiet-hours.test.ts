import { expect, it } from 'vitest';
import { readMessageRules } from './message-rules.ts';
import { quietAround } from './quiet-hours.ts';

const rules = readMessageRules({});
const spanOf = (at: string, zone: string, over = {}) => {
  const span = quietAround(new Date(at), zone, { ...rules, ...over });
  return span && [span.from.toISOString(), span.to.toISOString()];
};

it('at night a mail waits for the reader’s morning, whichever side of midnight it is', () => {
  expect(spanOf('2026-03-02T22:30:00Z', 'Europe/Dublin')).toEqual(['2026-03-02T21:00:00.000Z', '2026-03-03T07:00:00.000Z']);
  expect(spanOf('2026-03-03T06:59:00Z', 'Europe/Dublin')).toEqual(['2026-03-02T21:00:00.000Z', '2026-03-03T07:00:00.000Z']);
});

it('the quiet hours begin with their first minute and are over with their last', () => {
  expect(spanOf('2026-03-02T21:00:00Z', 'Europe/Dublin')).toBeDefined();
  expect(spanOf('2026-03-02T20:59:59Z', 'Europe/Dublin')).toBeUndefined();
  expect(spanOf('2026-03-03T07:00:00Z', 'Europe/Dublin')).toBeUndefined();
});

it('noon of the office is night for a family far away', () => {
  expect(spanOf('2026-03-02T14:00:00Z', 'Europe/Dublin')).toBeUndefined();
  expect(spanOf('2026-03-02T14:00:00Z', 'Asia/Tokyo')).toEqual(['2026-03-02T12:00:00.000Z', '2026-03-02T22:00:00.000Z']);
});

it('in the night of a clock change the morning is the clock’s', () => {
  // Dublin's clocks go on at 01:00 on 29 March 2026: the night has an hour less.
  expect(spanOf('2026-03-28T23:00:00Z', 'Europe/Dublin')).toEqual(['2026-03-28T21:00:00.000Z', '2026-03-29T06:00:00.000Z']);
  expect(spanOf('2026-10-24T23:00:00Z', 'Europe/Dublin')).toEqual(['2026-10-24T20:00:00.000Z', '2026-10-25T07:00:00.000Z']);
});

it('quiet hours within a day, and none at all', () => {
  expect(spanOf('2026-03-02T13:00:00Z', 'UTC', { quiet_from: 12 * 60, quiet_to: 14 * 60 })?.[1]).toBe('2026-03-02T14:00:00.000Z');
  expect(spanOf('2026-03-02T23:00:00Z', 'UTC', { quiet: false })).toBeUndefined();
  expect(spanOf('2026-03-02T23:00:00Z', 'UTC', { quiet_from: 0, quiet_to: 0 })).toBeUndefined();
});
