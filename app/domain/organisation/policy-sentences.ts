import { decimal, mileageAmount } from '#app/domain/billing/money.ts';

/** The rules as text, as a form or the database holds them; what is no number yet has no sentence. */
export interface PolicyTexts {
  completion: string;
  twoDurations: string;
  waitPercent: string;
  noShowCharge: string;
  noShowPay: string;
  payBase: string;
  noticeHours: string;
  lateCharge: string;
  latePay: string;
  ratePerMile: string;
  dueDays: string;
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

/** What each rule means, in an example. */
export function policySentences(
  policy: PolicyTexts,
  written: { digits: number; write: (amount: bigint) => string; locale: string },
) {
  const day = (date: Date) =>
    new Intl.DateTimeFormat(written.locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(date);
  const known = (...texts: string[]) => texts.every((text) => /^\d{1,9}(\.\d{1,4})?$/.test(text.trim()));
  const say = (sentence: () => string, ...texts: string[]) => (known(...texts) ? sentence() : '');
  const percent = (text: string) => `${text.trim()}%`;
  return {
    completion: Object.hasOwn(completions, policy.completion) ? (completions[policy.completion] ?? '') : '',
    twoDurations:
      policy.twoDurations === 'true'
        ? 'A close-out says apart how long the families are billed and how long the tutor is paid.'
        : 'The families are billed, and the tutor is paid, for the time the lesson took.',
    wait: say(() => waitSentence(policy.waitPercent.trim()), policy.waitPercent),
    noShow: say(
      () =>
        `A student who does not come: the client is charged ${percent(policy.noShowCharge)} of the fee, the tutor is paid ${percent(policy.noShowPay)} of ${policy.payBase === 'session_fee' ? 'the fee' : 'their own rate'}.`,
      policy.noShowCharge,
      policy.noShowPay,
    ),
    lateCancel: say(
      () =>
        `A session cancelled ${noticeText(Number(policy.noticeHours))} before its start or earlier costs nothing; later, the client is charged ${percent(policy.lateCharge)} and the tutor is paid ${percent(policy.latePay)}.`,
      policy.noticeHours,
      policy.lateCharge,
      policy.latePay,
    ),
    mileage: say(
      () => mileageSentence(mileageAmount('10', policy.ratePerMile.trim(), written.digits), written.write),
      policy.ratePerMile,
    ),
    due: say(
      () => `An invoice issued on ${day(dueAfter(0))} is due on ${day(dueAfter(Number(policy.dueDays)))}.`,
      policy.dueDays,
    ),
  };
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

const noticeText = (hours: number) => `${hours} ${hours === 1 ? 'hour' : 'hours'}`;

/** Days after the first of March. */
const dueAfter = (days: number) => new Date(Date.UTC(2026, 2, 1 + Math.min(days, 365)));
