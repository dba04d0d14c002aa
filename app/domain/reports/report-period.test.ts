import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketsOf, bucketUnit, comparedWith, reportPresets } from './report-period.ts';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const periods = fc
  .tuple(day, day)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a }));

describe('what a period is held against', () => {
  it('is the months before whole months, and as many days before anything else', () => {
    expect(comparedWith({ from: '2026-03-01', to: '2026-04-01' }, 'before')).toEqual({ from: '2026-02-01', to: '2026-03-01' });
    expect(comparedWith({ from: '2026-01-01', to: '2027-01-01' }, 'before')).toEqual({ from: '2025-01-01', to: '2026-01-01' });
    expect(comparedWith({ from: '2026-03-10', to: '2026-03-17' }, 'before')).toEqual({ from: '2026-03-03', to: '2026-03-10' });
    expect(comparedWith({ from: '2028-02-29', to: '2028-03-31' }, 'year')).toEqual({ from: '2027-02-28', to: '2027-03-31' });
    expect(comparedWith({ from: '2026-03-01', to: '2026-04-01' }, 'none')).toBeUndefined();
  });

  it('ends where the period begins, whatever the period', () => {
    fc.assert(
      fc.property(periods, (period) => {
        const before = comparedWith(period, 'before');
        expect(before?.to).toBe(period.from);
        expect(before && before.from < before.to).toBe(true);
      }),
    );
  });
});

describe('the bars of a chart', () => {
  it('are weeks from Monday or calendar months, cut at the ends of the period', () => {
    expect(bucketsOf({ from: '2026-03-04', to: '2026-03-17' }, 'week')).toEqual([
      { key: '2026-03-02', from: '2026-03-04', to: '2026-03-09' },
      { key: '2026-03-09', from: '2026-03-09', to: '2026-03-16' },
      { key: '2026-03-16', from: '2026-03-16', to: '2026-03-17' },
    ]);
    expect(bucketsOf({ from: '2025-12-15', to: '2026-02-01' }, 'month').map(({ key }) => key)).toEqual([
      '2025-12-01',
      '2026-01-01',
    ]);
  });

  it('cover every day of the period once', () => {
    fc.assert(
      fc.property(periods, (period) => {
        const buckets = bucketsOf(period, bucketUnit(period));
        expect(buckets[0]?.from).toBe(period.from);
        expect(buckets.at(-1)?.to).toBe(period.to);
        for (const [index, bucket] of buckets.entries()) {
          expect(bucket.from < bucket.to && bucket.key <= bucket.from).toBe(true);
          if (index > 0) expect(bucket.from).toBe(buckets[index - 1]?.to);
        }
      }),
    );
  });
});

it('the spans people ask for are whole months and years, over the turn of a year too', () => {
  const spans = Object.fromEntries(reportPresets('2026-01-31').map(({ key, from, until }) => [key, [from, until]]));
  expect(spans).toEqual({
    'this-month': ['2026-01-01', '2026-01-31'],
    'last-month': ['2025-12-01', '2025-12-31'],
    'three-months': ['2025-10-01', '2025-12-31'],
    'twelve-months': ['2025-01-01', '2025-12-31'],
    'this-year': ['2026-01-01', '2026-12-31'],
    'last-year': ['2025-01-01', '2025-12-31'],
  });
});
