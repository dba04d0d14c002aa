import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectivePolicy } from '#app/domain/organisation/policies.ts';
import { daysAfter, waiverOf } from './waiver.ts';

const term = { id: 't', name: 'Spring' };
const missed = (policies: object, over: Partial<Parameters<typeof waiverOf>[0]> = {}) => ({
  outcome: 'late_cancel' as const,
  chargePercent: '50',
  billable: true,
  localDate: '2026-03-10',
  today: '2026-03-10',
  policy: effectivePolicy(policies),
  term,
  freeUsed: 0,
  makesUp: false,
  ...over,
});
const twoFree = { late_cancel: { free_per_term: 2 } };
const makeUps = { make_up: { on: 'both', valid_days: 21 } };

describe('why who missed it is not charged', () => {
  it('two of a term’s late cancellations are free, the third is charged', () => {
    expect([0, 1, 2].map((freeUsed) => waiverOf(missed(twoFree, { freeUsed })))).toEqual([
      { as: 'free', termId: 't', termName: 'Spring', ordinal: 1, of: 2 },
      { as: 'free', termId: 't', termName: 'Spring', ordinal: 2, of: 2 },
      undefined,
    ]);
  });

  it.each([
    ['outside of any term', { term: null }],
    ['a no-show', { outcome: 'no_show' as const }],
    ['what costs nothing anyway', { chargePercent: '0' }],
    ['what is not billable', { billable: false }],
  ])('%s takes no free one', (_, over) => {
    expect(waiverOf(missed(twoFree, over))).toBeUndefined();
  });

  it('a free one comes before a make-up, which then may be made up for until so many days after the session', () => {
    expect(waiverOf(missed({ ...twoFree, ...makeUps }))?.as).toBe('free');
    expect(waiverOf(missed({ ...twoFree, ...makeUps }, { freeUsed: 2 }))).toEqual({ as: 'make_up', expiresOn: '2026-03-31' });
  });

  it('what is only said once its days are over is charged: on the last day it may still be made up for', () => {
    expect(waiverOf(missed(makeUps, { today: '2026-03-31' }))?.as).toBe('make_up');
    expect(waiverOf(missed(makeUps, { today: '2026-04-01' }))).toBeUndefined();
  });

  it('what makes up for another is not made up for again', () => {
    expect(waiverOf(missed(makeUps, { makesUp: true }))).toBeUndefined();
  });

  it('is a make-up for what the rules name alone', () => {
    for (const on of ['late_cancel', 'no_show'] as const)
      for (const outcome of ['late_cancel', 'no_show'] as const)
        expect(waiverOf(missed({ make_up: { on, valid_days: 7 } }, { outcome }))?.as).toBe(
          on === outcome ? 'make_up' : undefined,
        );
  });

  it('there are never more free ones than the rules say', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 12 }), (free_per_term, cancellations) => {
        let freeUsed = 0;
        for (let n = 0; n < cancellations; n++)
          if (waiverOf(missed({ late_cancel: { free_per_term } }, { freeUsed }))?.as === 'free') freeUsed++;
        expect(freeUsed).toBe(Math.min(free_per_term, cancellations));
      }),
    );
  });

  it('days are counted over the ends of months, years and clock changes', () => {
    expect(daysAfter('2026-12-20', 30)).toBe('2027-01-19');
    expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
    expect(daysAfter('2026-03-07', 2)).toBe('2026-03-09');
  });
});
