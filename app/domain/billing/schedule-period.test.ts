import { describe, expect, it } from 'vitest';
import { nextScheduled, schedulePeriod } from './schedule-period.ts';

describe('the period of a run by schedule', () => {
  it('of a month is the calendar month before, whichever day it is made on', () => {
    expect(schedulePeriod('month', '2026-03-01')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(schedulePeriod('month', '2026-01-05')).toEqual({ from: '2025-12-01', to: '2026-01-01' });
  });

  it('of a week or two are the days up to it, and the next begins where it ended', () => {
    expect(schedulePeriod('week', '2026-03-02')).toEqual({ from: '2026-02-23', to: '2026-03-02' });
    const next = nextScheduled('fortnight', '2026-03-02');
    expect(schedulePeriod('fortnight', next).from).toBe('2026-03-02');
  });

  it('comes back each month, on the last day where there is no such day', () => {
    expect(nextScheduled('month', '2026-01-31')).toBe('2026-02-28');
    expect(nextScheduled('month', '2026-12-01')).toBe('2027-01-01');
  });
});
