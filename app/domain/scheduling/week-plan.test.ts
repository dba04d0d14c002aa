import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DatedSpan,
  isOpenAt,
  paintWeek,
  partsOfDay,
  planOn,
  plansFrom,
  replaceWeek,
  tidyWeek,
  type WeekSpan,
  weekMinutes,
  weekStamp,
} from './week-plan.ts';

const span = (weekday: number, from: number, to: number): WeekSpan => ({ weekday, startMinute: from * 60, endMinute: to * 60 });

describe('the hours of a week', () => {
  it('that touch or overlap are one span', () => {
    expect(tidyWeek([span(1, 17, 19), span(1, 15, 17), span(1, 16, 18)])).toEqual([span(1, 15, 19)]);
  });

  it('drawn up to midnight and from midnight on are one span over midnight', () => {
    expect(tidyWeek([span(1, 22, 24), span(2, 0, 2)])).toEqual([span(1, 22, 26)]);
  });

  it('of a Sunday night run into Monday', () => {
    expect(tidyWeek([span(7, 22, 24), span(1, 0, 2)])).toEqual([span(7, 22, 26)]);
    expect(partsOfDay([span(7, 22, 26)], 1)).toEqual([{ start: 0, end: 120 }]);
    expect(isOpenAt([span(7, 22, 26)], 1, 90)).toBe(true);
  });

  it('longer than a day are cut at midnight, since a span is a day at most', () => {
    expect(tidyWeek([span(1, 8, 24), span(2, 0, 24), span(3, 0, 9)])).toEqual([span(1, 8, 24), span(2, 0, 24), span(3, 0, 9)]);
    expect(weekMinutes([1, 2, 3, 4, 5, 6, 7].map((day) => span(day, 0, 24)))).toBe(7 * 1440);
  });

  it('can be taken away in their middle and over midnight', () => {
    expect(paintWeek([span(1, 9, 18)], [span(1, 12, 13)], false)).toEqual([span(1, 9, 12), span(1, 13, 18)]);
    expect(paintWeek([span(1, 22, 26)], [span(2, 0, 1)], false)).toEqual([span(1, 22, 24), span(2, 1, 2)]);
  });
});

const spans = fc.array(
  fc
    .record({
      weekday: fc.integer({ min: 1, max: 7 }),
      at: fc.integer({ min: 0, max: 95 }),
      long: fc.integer({ min: 1, max: 96 }),
    })
    .map(({ weekday, at, long }) => ({ weekday, startMinute: at * 15, endMinute: (at + long) * 15 })),
  { maxLength: 8 },
);
const everyQuarter = Array.from({ length: 7 * 96 }, (_, i) => [Math.floor(i / 96) + 1, (i % 96) * 15] as const);
const open = (week: readonly WeekSpan[]) => everyQuarter.map(([day, minute]) => isOpenAt(week, day, minute));

describe('painting', () => {
  it('makes free, or takes away, exactly what the stroke covers, in spans the database takes', () => {
    fc.assert(
      fc.property(spans, spans, fc.boolean(), (week, stroke, free) => {
        const [was, drawn] = [open(week), open(stroke)];
        const after = paintWeek(week, stroke, free);
        expect(open(after)).toEqual(was.map((yes, i) => (drawn[i] ? free : yes)));
        for (const { startMinute, endMinute } of after) {
          expect(startMinute).toBeGreaterThanOrEqual(0);
          expect(startMinute).toBeLessThan(1440);
          expect(endMinute - startMinute).toBeGreaterThan(0);
          expect(endMinute - startMinute).toBeLessThanOrEqual(1440);
        }
        expect(tidyWeek(after)).toEqual(after);
      }),
    );
  });
});

describe('hours from a day on', () => {
  const now: DatedSpan[] = [{ ...span(1, 15, 19), validFrom: null, validTo: null }];

  it('stand beside the present ones, which end the day before', () => {
    const rules = replaceWeek(now, { from: '2027-01-01', to: null, spans: [span(2, 9, 12)] });
    expect(rules).toEqual([
      { ...span(1, 15, 19), validFrom: null, validTo: '2027-01-01' },
      { ...span(2, 9, 12), validFrom: '2027-01-01', validTo: null },
    ]);
    expect(plansFrom(rules, '2026-11-25')).toEqual([
      { from: null, to: '2027-01-01', spans: [span(1, 15, 19)] },
      { from: '2027-01-01', to: null, spans: [span(2, 9, 12)] },
    ]);
    expect(plansFrom(rules, '2027-01-01')).toEqual([{ from: '2027-01-01', to: null, spans: [span(2, 9, 12)] }]);
  });

  it('that are the same again leave one rule', () => {
    const changed = replaceWeek(now, { from: '2027-01-01', to: null, spans: [span(2, 9, 12)] });
    expect(replaceWeek(changed, { from: '2027-01-01', to: null, spans: [span(1, 15, 19)] })).toEqual(now);
  });

  it('for a while leave what follows as it was', () => {
    const rules = replaceWeek(now, { from: '2026-12-21', to: '2027-01-04', spans: [] });
    expect(planOn(rules, '2026-12-20')).toEqual([span(1, 15, 19)]);
    expect(planOn(rules, '2026-12-28')).toEqual([]);
    expect(planOn(rules, '2027-01-04')).toEqual([span(1, 15, 19)]);
    expect(weekStamp(rules)).not.toBe(weekStamp(now));
  });

  it('change the days they are given for and no other, whatever was planned before', () => {
    const day = fc.integer({ min: 0, max: 20 }).map((n) => `2026-12-${String(n + 1).padStart(2, '0')}`);
    const plan = fc
      .record({ from: fc.option(day), to: fc.option(day), spans })
      .filter(({ from, to }) => !from || !to || from < to);
    fc.assert(
      fc.property(fc.array(plan, { maxLength: 5 }), plan, day, (before, change, asked) => {
        const rules = before.reduce<DatedSpan[]>((all, one) => replaceWeek(all, one), []);
        const after = replaceWeek(rules, change);
        const inside = (change.from ?? asked) <= asked && (change.to === null || asked < change.to);
        expect(planOn(after, asked)).toEqual(inside ? tidyWeek(change.spans) : planOn(rules, asked));
        expect(plansFrom(after, asked)[0]?.spans).toEqual(planOn(after, asked));
      }),
    );
  });
});
