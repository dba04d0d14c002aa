import { describe, expect, it } from 'vitest';
import { firstTimes, timesIn } from './weekly-times.ts';

const terms = {
  startsOn: '2026-03-04',
  zone: 'Europe/Dublin',
  times: [
    { weekday: 1, startMinute: 960 },
    { weekday: 3, startMinute: 60 },
  ],
};

describe('times of an offer', () => {
  it('first come on or after its first day, or the day it is looked at', () => {
    expect(firstTimes(terms).map((time) => time.wallStart)).toEqual(['2026-03-04T01:00', '2026-03-09T16:00']);
    expect(firstTimes(terms, '2026-03-05').map((time) => time.wallStart)).toEqual(['2026-03-09T16:00', '2026-03-11T01:00']);
    expect(firstTimes(terms, '2026-01-05')[0]?.wallStart).toBe('2026-03-04T01:00');
  });

  it('are said on the clock of who reads them, on another day where it is one', () => {
    expect(timesIn(terms, 'America/New_York')).toEqual([
      { weekday: 2, startMinute: 1200 },
      // America's clocks have changed by then, Europe's have not.
      { weekday: 1, startMinute: 720 },
    ]);
  });

  it('that a clock change skips are said as they were meant', () => {
    const skipped = { startsOn: '2026-03-29', zone: 'Europe/Dublin', times: [{ weekday: 7, startMinute: 90 }] };
    expect(firstTimes(skipped)[0]?.startsAt).toBeUndefined();
    expect(timesIn(skipped, 'Europe/Paris')).toEqual([{ weekday: 7, startMinute: 90 }]);
  });
});
