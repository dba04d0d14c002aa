import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancellationOutcome, noShowFrom, noShowWaitMinutes, percentsOf, stepOf } from './outcomes.ts';

const start = new Date('2026-03-10T15:00:00Z');
const earlier = (ms: number) => new Date(start.getTime() - ms);
const hour = 3_600_000;

describe('cancelling', () => {
  it('exactly the notice is in time, a millisecond less is late, and after the start is late', () => {
    expect(cancellationOutcome(start, earlier(24 * hour), 'client', 24)).toBe('cancelled');
    expect(cancellationOutcome(start, earlier(24 * hour - 1), 'client', 24)).toBe('late_cancel');
    expect(cancellationOutcome(start, earlier(-hour), 'client', 24)).toBe('late_cancel');
  });

  it('the tutor and the office never cancel late', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100, max: 100 }), fc.constantFrom('tutor' as const, 'office' as const), (hours, by) => {
        return cancellationOutcome(start, earlier(hours * hour), by, 24) === 'cancelled';
      }),
    );
  });

  it('notice is a difference of instants: 24 hours over a clock change are 24 hours, not the same wall time', () => {
    // New York, 8 March 2026: from 15:00 on the 7th to 15:00 on the 8th are 23 hours.
    const onTheEighth = new Date('2026-03-08T19:00:00Z');
    const sameWallTheDayBefore = new Date('2026-03-07T20:00:00Z');
    expect(cancellationOutcome(onTheEighth, sameWallTheDayBefore, 'client', 24)).toBe('late_cancel');
  });
});

describe('steps of notice', () => {
  const steps = [{ underHours: 12 }, { underHours: 4 }, { underHours: 1 }];

  it.each([
    [12 * hour, undefined],
    [12 * hour - 1, 12],
    [4 * hour, 12],
    [4 * hour - 1, 4],
    [hour, 4],
    [hour - 1, 1],
    [-hour, 1],
  ])('with %i ms of notice the step is the one under %s hours: exactly a step’s hours is in time of it', (notice, under) => {
    expect(stepOf(start, earlier(notice), steps)?.underHours).toBe(under);
  });

  it('is the least of those there is less notice than, in whatever order they are listed', () => {
    const hours = fc.uniqueArray(fc.integer({ min: 1, max: 48 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(hours, fc.integer({ min: -60, max: 3000 }), (list, minutes) => {
        const found = stepOf(
          start,
          earlier(minutes * 60_000),
          list.map((underHours) => ({ underHours })),
        )?.underHours;
        const under = list.filter((one) => minutes < one * 60);
        return found === (under.length === 0 ? undefined : Math.min(...under));
      }),
    );
  });
});

describe('a no-show', () => {
  it('may be marked from ceil(wait % x planned minutes / 100): of 60 minutes at 33 % from minute 20', () => {
    expect(noShowWaitMinutes(60, '33')).toBe(20);
    expect(noShowWaitMinutes(45, '33')).toBe(15);
    expect(noShowWaitMinutes(50, '33.3')).toBe(17);
    expect(noShowWaitMinutes(60, '0')).toBe(0);
    expect(noShowFrom(start, 60, '33').toISOString()).toBe('2026-03-10T15:20:00.000Z');
  });

  it('waits at least the percentage and less than a minute longer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1440 }), fc.integer({ min: 0, max: 100 }), (minutes, percent) => {
        const wait = noShowWaitMinutes(minutes, String(percent));
        return wait * 100 >= minutes * percent && (wait - 1) * 100 < minutes * percent;
      }),
    );
  });
});

describe('percentages of an outcome', () => {
  const policy = {
    noShow: { clientChargePercent: '50', tutorPayPercent: '40' },
    lateCancel: { clientChargePercent: '75', tutorPayPercent: '25' },
  };

  it('who attended pays all; a no-show and a late cancellation what the policy says; everything else nothing', () => {
    expect(percentsOf('attended', policy)).toEqual({ charge: '100', pay: '100' });
    expect(percentsOf('no_show', policy)).toEqual({ charge: '50', pay: '40' });
    expect(percentsOf('late_cancel', policy)).toEqual({ charge: '75', pay: '25' });
    for (const outcome of ['cancelled', 'tutor_no_show', 'technical_failure'] as const) {
      expect(percentsOf(outcome, policy)).toEqual({ charge: '0', pay: '0' });
    }
    expect(percentsOf('planned', policy)).toBeUndefined();
  });

  it('a step of notice has percentages of its own, for late cancellations alone', () => {
    const step = { charge: '100', pay: '60' };
    expect(percentsOf('late_cancel', policy, { plannedMinutes: 60, step })).toEqual({ charge: '100', pay: '60' });
    expect(percentsOf('no_show', policy, { plannedMinutes: 60, step })).toEqual({ charge: '50', pay: '40' });
  });

  it('what is waived is not charged, and the tutor’s pay is the same', () => {
    expect(percentsOf('late_cancel', policy, { plannedMinutes: 60, waived: true })).toEqual({ charge: '0', pay: '25' });
    expect(percentsOf('no_show', policy, { plannedMinutes: 60, waived: true })).toEqual({ charge: '0', pay: '40' });
    expect(percentsOf('attended', policy, { plannedMinutes: 60, waived: true })).toEqual({ charge: '100', pay: '100' });
  });

  it('from so many planned minutes the tutor is paid in full for who missed it', () => {
    const long = { ...policy, noShow: { ...policy.noShow, fullPayMinutes: 90 } };
    expect([60, 89, 90, 120].map((plannedMinutes) => percentsOf('no_show', long, { plannedMinutes })?.pay)).toEqual([
      '40',
      '40',
      '100',
      '100',
    ]);
    expect(percentsOf('late_cancel', long, { plannedMinutes: 90 })?.pay).toBe('25');
  });
});
