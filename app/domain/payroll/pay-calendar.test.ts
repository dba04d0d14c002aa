import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAY_CALENDARS, payPeriodAfter, payPeriodBefore, payPeriodOf, recentPayPeriods } from './pay-calendar.ts';

const day = fc
  .integer({ min: 0, max: 60_000 })
  .map((n) => new Date(Date.UTC(1970, 0, 1) + n * 86_400_000).toISOString().slice(0, 10));
const calendar = fc.record({ calendar: fc.constantFrom(...PAY_CALENDARS), startsOn: day });

describe('pay calendars', () => {
  it('a week begins on the weekday of its first day, two weeks on the week of it', () => {
    const monday = '2026-01-05';
    expect(payPeriodOf({ calendar: 'weekly', startsOn: monday }, '2026-03-04')).toEqual({ from: '2026-03-02', to: '2026-03-09' });
    expect(payPeriodOf({ calendar: 'fortnightly', startsOn: monday }, '2026-03-04')).toEqual({
      from: '2026-03-02',
      to: '2026-03-16',
    });
    expect(payPeriodOf({ calendar: 'fortnightly', startsOn: '2026-01-12' }, '2026-03-04')).toEqual({
      from: '2026-02-23',
      to: '2026-03-09',
    });
  });

  it('a month begins on its day, or on its last where it is too short', () => {
    const last = { calendar: 'monthly', startsOn: '2024-01-31' } as const;
    expect(payPeriodOf(last, '2026-03-15')).toEqual({ from: '2026-02-28', to: '2026-03-31' });
    expect(payPeriodOf(last, '2026-03-31')).toEqual({ from: '2026-03-31', to: '2026-04-30' });
    expect(payPeriodOf({ calendar: 'monthly', startsOn: '2024-01-01' }, '2026-12-31')).toEqual({
      from: '2026-12-01',
      to: '2027-01-01',
    });
  });

  it('twice a month is the 1st and the 16th, or as many days on', () => {
    const halves = { calendar: 'twice_monthly', startsOn: '2024-01-01' } as const;
    expect(recentPayPeriods(halves, '2026-03-20', 3)).toEqual([
      { from: '2026-03-16', to: '2026-04-01' },
      { from: '2026-03-01', to: '2026-03-16' },
      { from: '2026-02-16', to: '2026-03-01' },
    ]);
    expect(payPeriodOf({ ...halves, startsOn: '2024-01-20' }, '2026-03-04')).toEqual({ from: '2026-02-20', to: '2026-03-05' });
  });

  it('every day is in exactly one period, whichever day of it is asked, and periods meet end to end', () => {
    fc.assert(
      fc.property(calendar, day, (c, d) => {
        const period = payPeriodOf(c, d);
        expect(period.from <= d && d < period.to).toBe(true);
        expect(payPeriodOf(c, period.from)).toEqual(period);
        expect(payPeriodAfter(c, period).from).toBe(period.to);
        expect(payPeriodBefore(c, period).to).toBe(period.from);
        expect(payPeriodAfter(c, payPeriodBefore(c, period))).toEqual(period);
      }),
    );
  });

  it('a year has as many periods as its calendar says', () => {
    fc.assert(
      fc.property(calendar, day, (c, d) => {
        const [newest, ...rest] = recentPayPeriods(c, d, 25);
        const span = (Date.parse(newest?.to ?? '') - Date.parse(rest.at(-1)?.from ?? '')) / 86_400_000;
        const usual = { weekly: 7, fortnightly: 14, twice_monthly: 365.2425 / 24, monthly: 365.2425 / 12 }[c.calendar];
        expect(Math.abs(span - 25 * usual)).toBeLessThan(18);
      }),
    );
  });
});
