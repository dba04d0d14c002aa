import { describe, expect, it } from 'vitest';
import { noShowMinute, type PolicyTexts, policySentences } from './policy-sentences.ts';

const policy: PolicyTexts = {
  completion: 'approval',
  twoDurations: 'false',
  waitPercent: '33',
  noShowCharge: '50',
  noShowPay: '25.5',
  payBase: 'session_fee',
  noticeHours: '24',
  lateCharge: '50',
  latePay: '25',
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

  it('is left unsaid while a number is being typed', () => {
    const said = policySentences({ ...policy, waitPercent: '3,', dueDays: '', ratePerMile: '-' }, euros);
    expect([said.wait, said.due, said.mileage]).toEqual(['', '', '']);
    expect(said.noShow).not.toBe('');
  });
});
