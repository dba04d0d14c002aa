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

  it('a late cancellation says under which notice it fell', () => {
    const late = { rate: '4500', rateId: 'r', scope: [], minutes: 60, percent: '60', outcome: 'late_cancel' };
    expect(why({ ...late, underHours: 4 })).toBe('€45.00 an hour × 60 min × 60%, cancelled late, less than 4 hours before');
    expect(why(late)).toBe('€45.00 an hour × 60 min × 60%, cancelled late');
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

  it('a price of the session, a share of the fees and a least amount say so; a tutor reads no fee', () => {
    expect(why({ rate: '4000', rateId: 'r', scope: ['tutor'], basis: 'per_session', minutes: 90, percent: '50' })).toBe(
      '€40.00 a session × 50%, rate for the tutor',
    );
    const share = { rateId: 'r', scope: [], basis: 'percent', base: 'fees', share: '55.0000', minutes: 60, percent: '100' };
    expect(why({ ...share, rate: '8000' })).toBe('55% of €80.00 in fees');
    expect(why(share)).toBe('55% of the fees');
    expect(why({ ...share, minimum: '2000' })).toBe('at least €20.00');
  });

  it('says nothing where nothing was kept', () => {
    expect(why(null)).toBe('');
    expect(why({})).toBe('');
  });

  it('a discount says what it is of, and a line by hand what was written', () => {
    expect(why({ said: 'Sibling', of: '24000', percent: '10', request: 'r' })).toBe('10% of €240.00, Sibling');
    expect(why({ said: 'The room was cold', of: '3000' })).toBe('of €30.00, The room was cold');
    expect(why({ said: 'added by hand' })).toBe('added by hand');
  });
});
