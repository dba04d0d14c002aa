import { decimal, mileageAmount } from '#app/domain/billing/money.ts';
import type { Policy } from './policies.ts';

/** The rules as text, as a form or the database holds them; what is no number yet has no sentence. */
export interface PolicyTexts {
  completion: string;
  twoDurations: string;
  waitPercent: string;
  noShowCharge: string;
  noShowPay: string;
  payBase: string;
  noShowFullPay: string;
  noticeHours: string;
  lateCharge: string;
  latePay: string;
  steps: readonly { underHours: string; charge: string; pay: string }[];
  freePerTerm: string;
  lateFullPay: string;
  makeUpOn: string;
  makeUpDays: string;
  ratePerMile: string;
  dueDays: string;
}

/** Who reads it: the office all of it, a family no pay, a tutor no fees. */
export type PolicyReader = 'office' | 'family' | 'tutor';

interface Written {
  digits: number;
  write: (amount: bigint) => string;
  locale: string;
  reader?: PolicyReader;
}

export function policyTextsOf(policy: Policy): PolicyTexts {
  return {
    completion: policy.completion,
    twoDurations: String(policy.twoDurations),
    waitPercent: policy.noShow.waitPercent,
    noShowCharge: policy.noShow.clientChargePercent,
    noShowPay: policy.noShow.tutorPayPercent,
    payBase: policy.noShow.payBase,
    noShowFullPay: String(policy.noShow.fullPayMinutes),
    noticeHours: String(policy.lateCancel.noticeHours),
    lateCharge: policy.lateCancel.clientChargePercent,
    latePay: policy.lateCancel.tutorPayPercent,
    steps: policy.lateCancel.steps.map((step) => ({
      underHours: String(step.underHours),
      charge: step.clientChargePercent,
      pay: step.tutorPayPercent,
    })),
    freePerTerm: String(policy.lateCancel.freePerTerm),
    lateFullPay: String(policy.lateCancel.fullPayMinutes),
    makeUpOn: policy.makeUp.on,
    makeUpDays: String(policy.makeUp.validDays),
    ratePerMile: policy.mileage.ratePerMile,
    dueDays: String(policy.invoice.dueDays),
  };
}

/** From which minute of a session a student may be marked as not come: 33 % of 60 is 20. Exact, rounded up. */
export function noShowMinute(waitPercent: string, plannedMinutes: number): number {
  const { digits, scale } = decimal(waitPercent);
  const whole = 100n * scale;
  return Number((digits * BigInt(plannedMinutes) + whole - 1n) / whole);
}

const completions: Record<string, string> = {
  auto: 'A session counts as given at its end, with the planned time, unless somebody says otherwise. Then it is invoiced and paid.',
  closeout: 'A session is invoiced and paid once the tutor has closed it out.',
  approval: 'A session is invoiced and paid once the tutor has closed it out and the office has approved that.',
};

const durations: Record<string, string> = {
  true: 'A close-out says apart how long the families are billed and how long the tutor is paid.',
  false: 'The families are billed, and the tutor is paid, for the time the lesson took.',
};

const madeUpFor: Record<string, string> = {
  late_cancel: 'A session cancelled late',
  no_show: 'A session that a student does not come to',
  both: 'A session cancelled late, or not come to,',
};

const known = (...texts: string[]) => texts.every((text) => /^\d{1,9}(\.\d{1,4})?$/.test(text.trim()));
const say = (sentence: () => string, ...texts: string[]) => (known(...texts) ? sentence() : '');
const percent = (text: string) => `${text.trim()}%`;
const positive = (text: string) => known(text) && Number(text) > 0;
const wordOf = (words: Record<string, string>, key: string) => (Object.hasOwn(words, key) ? (words[key] ?? '') : '');

/** What each rule means, in an example. Empty: there is nothing to say, or it is still being typed. */
export function policySentences(policy: PolicyTexts, { digits, write, locale, reader = 'office' }: Written) {
  const day = (date: Date) => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(date);
  const both = (charge: string, pay: string) => sides(reader, charge, pay);
  return {
    completion: wordOf(completions, policy.completion),
    twoDurations: wordOf(durations, policy.twoDurations),
    wait: say(() => waitSentence(policy.waitPercent.trim()), policy.waitPercent),
    noShow: say(
      () =>
        `A student who does not come: ${both(
          `the client is charged ${percent(policy.noShowCharge)} of the fee`,
          `the tutor is paid ${percent(policy.noShowPay)} of ${policy.payBase === 'session_fee' ? 'the fee' : 'their own rate'}`,
        )}.`,
      policy.noShowCharge,
      policy.noShowPay,
    ),
    noShowFullPay: fullPaySentence(policy.noShowFullPay, reader),
    lateCancel: say(
      () =>
        `A session cancelled ${hoursText(policy.noticeHours)} before its start or earlier costs nothing; later, ${both(
          `the client is charged ${percent(policy.lateCharge)}`,
          `the tutor is paid ${percent(policy.latePay)}`,
        )}.`,
      policy.noticeHours,
      policy.lateCharge,
      policy.latePay,
    ),
    steps: policy.steps
      .filter(({ underHours, charge, pay }) => known(underHours, charge, pay))
      .sort((a, b) => Number(b.underHours) - Number(a.underHours))
      .map(
        ({ underHours, charge, pay }) =>
          `With less than ${hoursText(underHours)} of notice, ${both(`the client is charged ${percent(charge)}`, `the tutor is paid ${percent(pay)}`)}.`,
      ),
    free: positive(policy.freePerTerm) ? freeSentence(Number(policy.freePerTerm), reader) : '',
    lateFullPay: fullPaySentence(policy.lateFullPay, reader),
    makeUp: positive(policy.makeUpDays) ? makeUpSentence(policy.makeUpOn, Number(policy.makeUpDays), reader) : '',
    // What a mile pays is pay.
    mileage:
      reader === 'family'
        ? ''
        : say(() => mileageSentence(mileageAmount('10', policy.ratePerMile.trim(), digits), write), policy.ratePerMile),
    due: say(
      () => `An invoice issued on ${day(dueAfter(0))} is due on ${day(dueAfter(Number(policy.dueDays)))}.`,
      policy.dueDays,
    ),
  };
}

function sides(reader: PolicyReader, charge: string, pay: string): string {
  if (reader === 'family') return charge;
  return reader === 'tutor' ? pay : `${charge}, ${pay}`;
}

function fullPaySentence(minutes: string, reader: PolicyReader): string {
  if (reader === 'family' || !positive(minutes)) return '';
  return `Where ${Number(minutes)} minutes or more were planned, the tutor is paid in full.`;
}

function freeSentence(count: number, reader: PolicyReader): string {
  const free =
    count === 1
      ? 'One late cancellation of each student is free in a term'
      : `${count} late cancellations of each student are free in a term`;
  return reader === 'family' ? `${free}.` : `${free}; the tutor is paid for ${count === 1 ? 'it' : 'them'} all the same.`;
}

function makeUpSentence(on: string, days: number, reader: PolicyReader): string {
  const what = wordOf(madeUpFor, on);
  if (what === '') return '';
  const waits = `${what} is not charged at first: for ${days === 1 ? 'a day' : `${days} days`} a session of the same program can make up for it. Unused, it is charged then.`;
  return reader === 'family' ? waits : `${waits} The tutor is paid for it at once.`;
}

function waitSentence(percent: string): string {
  const minute = noShowMinute(percent, 60);
  return minute === 0
    ? 'A no-show may be marked from the start.'
    : `A session of 60 minutes: a no-show may be marked from minute ${minute}.`;
}

function mileageSentence(tenMiles: bigint, write: (amount: bigint) => string): string {
  return tenMiles === 0n ? 'Miles are not paid.' : `10 miles to a home visit are paid ${write(tenMiles)}, on a line of its own.`;
}

const hoursText = (text: string) => `${Number(text)} ${Number(text) === 1 ? 'hour' : 'hours'}`;

/** Days after the first of March. */
const dueAfter = (days: number) => new Date(Date.UTC(2026, 2, 1 + Math.min(days, 365)));
