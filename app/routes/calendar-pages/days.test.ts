import { describe, expect, it } from 'vitest';
import { askedDay, otherMonth, weekOf, weeksOfMonth } from './days.ts';

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

describe('the weeks of a month', () => {
  it('are whole, begin where the locale’s do, and hold every day of the month once', () => {
    const weeks = weeksOfMonth('2026-11-25', 'en-US');
    expect(weeks.map((week) => week[0])).toEqual(['2026-11-01', '2026-11-08', '2026-11-15', '2026-11-22', '2026-11-29']);
    expect(weeksOfMonth('2026-11-25', 'en-GB')[0]?.[0]).toBe('2026-10-26');
    for (const locale of ['en-US', 'en-GB', 'ar-EG']) {
      for (let month = 1; month <= 12; month++) {
        const prefix = `2027-${String(month).padStart(2, '0')}`;
        const days = weeksOfMonth(`${prefix}-15`, locale).flat();
        expect(days.filter((day) => day.startsWith(prefix)).length).toBe(new Date(2027, month, 0).getDate());
        expect(new Set(days).size).toBe(days.length);
      }
    }
  });

  it('four of them are enough for a February that fits', () => {
    expect(weeksOfMonth('2027-02-10', 'en-GB').length).toBe(4);
  });

  it('the month after the 31st is the next one, and before January is December', () => {
    expect(otherMonth('2026-01-31', 1)).toBe('2026-02-01');
    expect(otherMonth('2026-01-31', -1)).toBe('2025-12-01');
    expect(otherMonth('2026-12-01', 1)).toBe('2027-01-01');
  });
});
