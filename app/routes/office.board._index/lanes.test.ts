import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aBoardSession } from './board-fixture.ts';
import { scaleFor } from './geometry.ts';
import { layOut } from './lanes.ts';

const hours = { from: 480, to: 1200 };

describe('the sessions of a day', () => {
  it('never lie on each other, never leave their day, and can all be read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ start: fc.integer({ min: 20, max: 100 }), minutes: fc.constantFrom(15, 30, 60, 90, 180) }), {
          maxLength: 14,
        }),
        fc.constantFrom(1, 7),
        (spans, days) => {
          const scale = scaleFor('comfortable', days, hours);
          const sessions = spans
            .map(({ start, minutes }, place) => aBoardSession({ id: String(place), start: start * 15, minutes }))
            .sort((a, b) => a.start - b.start);
          const { boxes, lanes } = layOut(sessions, scale, 0);
          for (const box of boxes) {
            expect(box.left).toBeGreaterThanOrEqual(0);
            expect(box.left + box.width).toBeLessThanOrEqual(scale.dayWidth);
            expect(box.width).toBeGreaterThanOrEqual(Math.min(scale.minWidth, scale.dayWidth) - 3);
            expect(box.lane).toBeLessThan(lanes);
          }
          for (const a of boxes) {
            for (const b of boxes) {
              if (a === b || a.lane !== b.lane) continue;
              expect(a.left + a.width <= b.left || b.left + b.width <= a.left).toBe(true);
            }
          }
        },
      ),
    );
  });

  it('two that follow each other share a lane where there is room, and are stacked where there is none', () => {
    const two = [aBoardSession({ id: 'a', start: 540 }), aBoardSession({ id: 'b', start: 600 })];
    expect(layOut(two, scaleFor('comfortable', 1, hours), 0).lanes).toBe(1);
    expect(layOut(two, scaleFor('comfortable', 7, hours), 0).lanes).toBe(2);
  });
});
