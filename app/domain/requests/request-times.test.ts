import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RequestTime, tidyTimes } from './request-times.ts';

const anyTime = fc
  .record({ weekday: fc.integer({ min: 1, max: 7 }), startMinute: fc.integer({ min: 0, max: 1439 }), wished: fc.boolean() })
  .chain((time) =>
    fc
      .integer({ min: 1, max: 2880 - time.startMinute })
      .map((length): RequestTime => ({ ...time, endMinute: time.startMinute + length })),
  );

/** Minute by minute of the week: 2 wished, 1 possible, 0 neither. */
function minutes(times: readonly RequestTime[]): Uint8Array {
  const week = new Uint8Array(7 * 1440);
  for (const { weekday, startMinute, endMinute, wished } of times)
    for (let at = startMinute; at < endMinute; at++) {
      const minute = ((weekday - 1) * 1440 + at) % week.length;
      week[minute] = Math.max(week[minute] ?? 0, wished ? 2 : 1);
    }
  return week;
}

describe('the times of a request', () => {
  it('are the same minutes after tidying, on their day, apart, and wished where anybody wished', () => {
    fc.assert(
      fc.property(fc.array(anyTime, { maxLength: 12 }), (times) => {
        const tidy = tidyTimes(times);
        expect(minutes(tidy)).toEqual(minutes(times));
        for (const [index, time] of tidy.entries()) {
          expect(time.endMinute).toBeLessThanOrEqual(1440);
          const next = tidy[index + 1];
          if (next?.weekday === time.weekday) expect(next.startMinute).toBeGreaterThanOrEqual(time.endMinute);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('go on into the next day where they run over midnight, Sunday’s into Monday', () => {
    expect(tidyTimes([{ weekday: 7, startMinute: 1380, endMinute: 1500, wished: true }])).toEqual([
      { weekday: 1, startMinute: 0, endMinute: 60, wished: true },
      { weekday: 7, startMinute: 1380, endMinute: 1440, wished: true },
    ]);
  });
});
