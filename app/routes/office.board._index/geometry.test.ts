import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteAt, absoluteOf, fromAbsolute, hourMarks, hoursOf, rowAt, scaleFor, snap, xOf } from './geometry.ts';

const week = scaleFor('comfortable', 7, { from: 8 * 60, to: 20 * 60 });

describe('time and pixels', () => {
  it('a shown time leads to a point and the point back to the time, on every day and in both densities', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('comfortable' as const, 'compact' as const),
        fc.constantFrom(1, 7),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 32, max: 79 }),
        (density, days, wanted, quarter) => {
          const scale = scaleFor(density, days, { from: 480, to: 1200 });
          const day = wanted % days;
          const x = xOf(scale, day, quarter * 15);
          expect(snap(absoluteAt(scale, x + 0.001), 15)).toBe(absoluteOf({ day, start: quarter * 15 }));
        },
      ),
    );
  });

  it('what lies outside the hours shown is on the edge, and a point outside the board on its first or last day', () => {
    expect(xOf(week, 1, 6 * 60)).toBe(week.dayWidth);
    expect(xOf(week, 1, 23 * 60)).toBe(2 * week.dayWidth);
    expect(fromAbsolute(absoluteAt(week, -50)).day).toBe(0);
    expect(fromAbsolute(absoluteAt(week, 99_999)).day).toBe(6);
  });

  it('hours are named as close as they can be read, the last one too', () => {
    expect(hourMarks(scaleFor('comfortable', 1, { from: 480, to: 1200 }))).toEqual({
      hours: [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
      every: 1,
    });
    expect(hourMarks(week)).toEqual({ hours: [8, 12, 16], every: 4 });
    expect(hourMarks(scaleFor('compact', 7, { from: 0, to: 1440 }))).toEqual({ hours: [0, 6, 12, 18], every: 6 });
  });

  it('the hours shown are a working day, wider where a session lies outside, and all of it when asked', () => {
    expect(hoursOf([], false)).toEqual({ from: 480, to: 1200 });
    expect(
      hoursOf(
        [
          { start: 6 * 60 + 30, end: 7 * 60 },
          { start: 21 * 60, end: 22 * 60 + 15 },
        ],
        false,
      ),
    ).toEqual({ from: 360, to: 1380 });
    expect(hoursOf([{ start: 23 * 60, end: 25 * 60 }], false).to).toBe(1440);
    expect(hoursOf([], true)).toEqual({ from: 0, to: 1440 });
  });

  it('the row under the pointer is the one between its edges, and the last below all of them', () => {
    const tops = [0, 50, 80, 200];
    expect([-5, 0, 49, 50, 79, 80, 199, 500].map((y) => rowAt(tops, y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });
});
