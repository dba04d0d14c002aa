import { describe, expect, it } from 'vitest';
import { type Carry, type Field, isUnmoved, NO_SHIFT, nearestLength, nudge, shiftTo, targetsOf } from './carry.ts';

const field: Field = { tutorIds: ['t1', 't2', 't3'], days: 7, grid: 15, from: 480, to: 1200 };

const carried = (...spots: [tutorId: string, day: number, start: number][]): Carry => ({
  kind: 'move',
  via: 'keys',
  items: spots.map(([tutorId, day, start], n) => ({ id: `s${n}`, label: '', from: { tutorId, day, start, minutes: 60 } })),
  lengths: [30, 60, 90],
  shift: NO_SHIFT,
});

const pressed = (carry: Carry, ...keys: Parameters<typeof nudge>[1][]) =>
  targetsOf(
    keys.reduce((held, key) => nudge(held, key, field), carry),
    field,
  )[0];

describe('what is in the hand', () => {
  it('moves by the grid, by tutor and by day', () => {
    const one = carried(['t1', 1, 600]);
    expect(pressed(one, 'right', 'right')).toMatchObject({ tutorId: 't1', day: 1, start: 630 });
    expect(pressed(one, 'left')).toMatchObject({ start: 585 });
    expect(pressed(one, 'down', 'down')).toMatchObject({ tutorId: 't3', start: 600 });
    expect(pressed(one, 'day-after', 'up')).toMatchObject({ tutorId: 't1', day: 2, start: 600 });
  });

  it('comes onto the grid with the first step when it was off it', () => {
    expect(pressed(carried(['t1', 0, 607]), 'right')).toMatchObject({ start: 615 });
    expect(pressed(carried(['t1', 0, 607]), 'left')).toMatchObject({ start: 600 });
  });

  it('goes over the night that is not shown to the next day, and back', () => {
    expect(pressed(carried(['t1', 1, 1185]), 'right')).toMatchObject({ day: 2, start: 480 });
    expect(pressed(carried(['t1', 1, 480]), 'left')).toMatchObject({ day: 0, start: 1185 });
    expect(pressed(carried(['t1', 0, 480]), 'left')).toMatchObject({ day: 0, start: 480 });
    expect(pressed(carried(['t1', 6, 1185]), 'right')).toMatchObject({ day: 6, start: 1185 });
  });

  it('stays where it is when there is no day after, or before', () => {
    expect(pressed(carried(['t1', 6, 600]), 'day-after')).toMatchObject({ day: 6, start: 600 });
    expect(pressed(carried(['t1', 0, 600]), 'day-before')).toMatchObject({ day: 0, start: 600 });
  });

  it('takes only lengths there are', () => {
    const one = carried(['t1', 1, 600]);
    expect(pressed(one, 'longer', 'longer')).toMatchObject({ minutes: 90 });
    expect(pressed(one, 'shorter', 'shorter')).toMatchObject({ minutes: 30 });
    expect(nearestLength([30, 60, 90], 70)).toBe(60);
    expect(nearestLength([30, 60, 90], 500)).toBe(90);
  });

  it('several keep their distances, and none leaves the board', () => {
    const both = carried(['t1', 0, 600], ['t2', 3, 700]);
    const moved = shiftTo(both, { rows: 5, minutes: 60 }, field);
    expect(targetsOf(moved, field)).toMatchObject([
      { tutorId: 't2', day: 0, start: 660 },
      { tutorId: 't3', day: 3, start: 760 },
    ]);
    expect(shiftTo(both, { rows: -5, minutes: -10_000 }, field).shift).toMatchObject({ rows: 0, minutes: -600 });
  });

  it('is unmoved when it is let go where it was, and a copy never is', () => {
    const one = carried(['t1', 1, 600]);
    expect(isUnmoved(nudge(nudge(one, 'right', field), 'left', field))).toBe(true);
    expect(isUnmoved(nudge(one, 'longer', field))).toBe(false);
    expect(isUnmoved({ ...one, kind: 'copy' })).toBe(false);
  });
});
