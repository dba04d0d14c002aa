import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveOrder } from './move-order.ts';

const at = (hour: number, hours = 1) => ({
  startsAt: new Date(Date.UTC(2026, 2, 2, hour)),
  endsAt: new Date(Date.UTC(2026, 2, 2, hour + hours)),
});

describe('sessions that are moved together', () => {
  it('back to back and an hour later: the last goes first', () => {
    const moves = [9, 10, 11].map((hour) => ({ hour, from: at(hour), to: at(hour + 1) }));
    expect(moveOrder(moves).map(({ hour }) => hour)).toEqual([11, 10, 9]);
  });

  it('back to back and an hour earlier: the first goes first', () => {
    const moves = [9, 10, 11].map((hour) => ({ hour, from: at(hour), to: at(hour - 1) }));
    expect(moveOrder(moves).map(({ hour }) => hour)).toEqual([9, 10, 11]);
  });

  it('a shift by the same time never stands in its own way, however far', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 }),
        fc.integer({ min: -40, max: 40 }),
        (hours, by) => {
          const ordered = moveOrder(hours.map((hour) => ({ from: at(hour), to: at(hour + by) })));
          for (const [place, move] of ordered.entries()) {
            const still = ordered.slice(place + 1).map(({ from }) => from.startsAt.getTime());
            expect(still).not.toContain(move.to.startsAt.getTime());
          }
        },
      ),
    );
  });
});
