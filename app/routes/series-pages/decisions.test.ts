import { expect, it } from 'vitest';
import { readDecisions } from './decisions.ts';

function decided(to: string) {
  const form = new FormData();
  form.append('decision.2027-02-02', 'move');
  form.append('moveTo.2027-02-02', to);
  return readDecisions(form);
}

it('a day of a series is moved to the time that was typed', () => {
  expect(decided('2027-02-03T10:00')).toEqual({
    decisions: [{ date: '2027-02-02', action: 'move', wallStart: '2027-02-03T10:00' }],
    errors: {},
  });
});

it.each(['2027-02-30T10:00', '2026-13-45T99:99', '0026-01-01T10:00', 'x', ''])('%j is no time to move it to', (to) => {
  expect(decided(to)).toEqual({ decisions: [], errors: { 'moveTo.2027-02-02': 'Enter when instead' } });
});
