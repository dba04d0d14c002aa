import { describe, expect, it } from 'vitest';
import { askedDay, weekOf } from './week.ts';

describe('the week of a day', () => {
  it('starts where the locale’s does', () => {
    expect(weekOf('2026-11-25', 'en-GB')[0]).toBe('2026-11-23');
    expect(weekOf('2026-11-25', 'en-US')[0]).toBe('2026-11-22');
    expect(weekOf('2026-11-22', 'en-GB')).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-18',
      '2026-11-19',
      '2026-11-20',
      '2026-11-21',
      '2026-11-22',
    ]);
  });

  it('runs over the end of a year and a clock change without losing a day', () => {
    expect(weekOf('2026-12-31', 'de')).toEqual([
      '2026-12-28',
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ]);
    expect(new Set(weekOf('2026-03-29', 'de')).size).toBe(7);
  });

  it('nonsense in the address is today', () => {
    expect(askedDay('2026-02-31', '2026-11-25')).toBe('2026-11-25');
    expect(askedDay(null, '2026-11-25')).toBe('2026-11-25');
    expect(askedDay('2026-02-28', '2026-11-25')).toBe('2026-02-28');
  });
});
