import { expect, it } from 'vitest';
import { absenceDays } from './absence-days.ts';

it.each([
  ['', '2026-11-25', '2026-11-25'],
  ['?from=2026-12-01', '2026-12-01', '2026-12-01'],
  ['?from=2026-12-01&to=2026-12-05', '2026-12-01', '2026-12-05'],
  ['?from=2026-12-05&to=2026-12-01', '2026-12-05', '2026-12-05'],
  ['?from=2026-02-30&to=x', '2026-11-25', '2026-11-25'],
  ['?from=2026-01-01&to=8999-12-31', '2026-01-01', '2027-01-01'],
])('the days of "%s" are from %s to %s, and never thousands of years', (search, from, to) => {
  expect(absenceDays({ url: `http://lectern.test/office/tutors/1/absence${search}` }, '2026-11-25')).toEqual({ from, to });
});
