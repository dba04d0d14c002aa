import { describe, expect, it } from 'vitest';
import { whyText } from './session-why.ts';

const why = (reason: unknown) => whyText(reason, 'EUR', 'en-GB');

describe('every amount says why', () => {
  it('a lesson that took place: rate, minutes, and whose rate', () => {
    expect(why({ rate: '4500', rateId: 'r', scope: ['program'], minutes: 60, percent: '100', outcome: 'attended' })).toBe(
      '€45.00 an hour × 60 min, attended, rate for the program',
    );
  });

  it('a no-show says its percentage', () => {
    expect(why({ rate: '4500', rateId: 'r', scope: [], minutes: 60, percent: '50', outcome: 'no_show' })).toBe(
      '€45.00 an hour × 60 min × 50%, no-show',
    );
  });

  it('a shared price says by how many, a price by hand that it is one', () => {
    expect(
      why({
        rate: '6000',
        rateId: null,
        scope: [],
        minutes: 90,
        percent: '100',
        split: { of: '9000', places: 3 },
        outcome: 'attended',
      }),
    ).toBe('€90.00 shared by 3, attended, rate set by hand');
  });

  it('says nothing where nothing was kept', () => {
    expect(why(null)).toBe('');
    expect(why({})).toBe('');
  });
});
