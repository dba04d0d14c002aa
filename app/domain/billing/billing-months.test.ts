import { expect, it } from 'vitest';
import { activeDays, daysBetween, monthAround } from './billing-months.ts';

it('a month is the calendar’s, whatever its length', () => {
  expect(monthAround('2024-02-29')).toEqual({ from: '2024-02-01', to: '2024-03-01' });
  expect(monthAround('2026-12-31')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
  expect(daysBetween('2024-02-01', '2024-03-01')).toBe(29);
});

it('the days in a mode are those of its spans within the month', () => {
  const march = { from: '2026-03-01', to: '2026-04-01' };
  expect(activeDays([{ startsOn: '2025-01-01', endsOn: null }], march)).toBe(31);
  expect(activeDays([{ startsOn: '2026-03-31', endsOn: null }], march)).toBe(1);
  expect(activeDays([{ startsOn: '2026-01-01', endsOn: '2026-03-01' }], march)).toBe(0);
  const twice = [
    { startsOn: '2026-02-10', endsOn: '2026-03-11' },
    { startsOn: '2026-03-21', endsOn: null },
  ];
  expect(activeDays(twice, march)).toBe(21);
});
