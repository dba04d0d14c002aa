import { describe, expect, it } from 'vitest';
import { effectivePolicy } from './policies.ts';
import { noShowMinute, type PolicyTexts, policySentences, policyTextsOf } from './policy-sentences.ts';

const policy: PolicyTexts = {
  completion: 'approval',
  twoDurations: 'false',
  waitPercent: '33',
  noShowCharge: '50',
  noShowPay: '25.5',
  payBase: 'session_fee',
  noShowFullPay: '0',
  noticeHours: '24',
  lateCharge: '50',
  latePay: '25',
  steps: [],
  freePerTerm: '0',
  lateFullPay: '0',
  makeUpOn: 'never',
  makeUpDays: '30',
  ratePerMile: '0.67',
  dueDays: '14',
};
const euros = { digits: 2, write: (amount: bigint) => `€${Number(amount) / 100}`, locale: 'en-GB' };

describe('what a policy means', () => {
  it.each([
    ['33', 60, 20],
    ['33', 45, 15],
    ['33.3', 60, 20],
    ['33.34', 60, 21],
    ['0', 60, 0],
    ['100', 50, 50],
  ])('%s %% of %i minutes: a no-show may be marked from minute %i', (percent, minutes, minute) => {
    expect(noShowMinute(percent, minutes)).toBe(minute);
  });

  it.each(['', '__proto__', 'constructor'])('of a completion that is none, %j, nothing is said', (completion) => {
    expect(policySentences({ ...policy, completion }, euros).completion).toBe('');
  });

  it('is said in an example', () => {
    const said = policySentences(policy, euros);
    expect(said.wait).toBe('A session of 60 minutes: a no-show may be marked from minute 20.');
    expect(said.noShow).toContain('charged 50% of the fee, the tutor is paid 25.5% of the fee');
    expect(said.lateCancel).toContain('cancelled 24 hours before its start or earlier costs nothing');
    expect(said.mileage).toContain('paid €6.7');
    expect(said.due).toBe('An invoice issued on 1 March is due on 15 March.');
    expect(policySentences(policy, { ...euros, locale: 'en-US' }).due).toBe('An invoice issued on March 1 is due on March 15.');
  });

  it('says steps of notice from the longest on, free ones, make-ups and pay in full, and nothing of what is not used', () => {
    const said = policySentences(
      {
        ...policy,
        steps: [
          { underHours: '1', charge: '100', pay: '100' },
          { underHours: '', charge: '', pay: '' },
          { underHours: '12', charge: '75', pay: '50' },
        ],
        freePerTerm: '2',
        lateFullPay: '90',
        makeUpOn: 'both',
      },
      euros,
    );
    expect(said.steps).toEqual([
      'With less than 12 hours of notice, the client is charged 75%, the tutor is paid 50%.',
      'With less than 1 hour of notice, the client is charged 100%, the tutor is paid 100%.',
    ]);
    expect(said.free).toBe('2 late cancellations of each student are free in a term; the tutor is paid for them all the same.');
    expect(said.makeUp).toContain('for 30 days a session of the same program can make up for it. Unused, it is charged then.');
    expect(said.lateFullPay).toBe('Where 90 minutes or more were planned, the tutor is paid in full.');
    const plain = policySentences(policy, euros);
    expect([plain.steps, plain.free, plain.makeUp, plain.lateFullPay]).toEqual([[], '', '', '']);
  });

  it('a family reads nothing of pay, a tutor nothing of fees', () => {
    const company = effectivePolicy({
      late_cancel: {
        steps: [{ under_hours: 4, client_charge_percent: 91, tutor_pay_percent: 81 }],
        free_per_term: 2,
        full_pay_minutes: 90,
      },
      no_show: { client_charge_percent: 92, tutor_pay_percent: 82 },
      make_up: { on: 'both', valid_days: 7 },
    });
    const read = (reader: 'family' | 'tutor') => {
      const {
        mileage: _,
        completion: __,
        twoDurations: ___,
        ...said
      } = policySentences(policyTextsOf(company), { ...euros, reader });
      return Object.values(said).flat().join(' ');
    };
    expect(read('family')).not.toMatch(/paid|8[12]%/);
    expect(read('tutor')).not.toMatch(/client is charged|9[12]%/);
  });

  it('is left unsaid while a number is being typed', () => {
    const said = policySentences({ ...policy, waitPercent: '3,', dueDays: '', ratePerMile: '-' }, euros);
    expect([said.wait, said.due, said.mileage]).toEqual(['', '', '']);
    expect(said.noShow).not.toBe('');
  });
});
