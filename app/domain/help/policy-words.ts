import type { Policy } from '#app/domain/organisation/policies.ts';
import { noShowMinute } from '#app/domain/organisation/policy-sentences.ts';
import { hoursText, listText } from './plain-words.ts';

/** Whose money a reader is told of: a family the charge, a tutor their pay, a scheduler the charge, an administrator both. */
export interface Sees {
  charge: boolean;
  pay: boolean;
  /** Whom the sentences speak to. */
  as: 'office' | 'tutor' | 'family';
}

/** What becomes of an absence, for one reader: nothing of the other side's money. */
export function policyWords(policy: Policy, sees: Sees) {
  return {
    completion: completionWords(policy, sees),
    lateCancel: lateCancelWords(policy, sees),
    noShow: noShowWords(policy, sees),
    makeUp: makeUpWords(policy, sees),
  };
}

function completionWords({ completion, twoDurations }: Policy, { as }: Sees): string[] {
  if (as === 'family') return [];
  const you = as === 'tutor' ? 'you have' : 'the tutor has';
  const then = as === 'tutor' ? 'you are paid for it' : 'it is invoiced and paid';
  const done = {
    auto: `A session counts as given at its end, with the planned time, unless ${as === 'tutor' ? 'you close' : 'its tutor closes'} it out otherwise. Then ${then}.`,
    closeout: `Once ${you} closed a session out, ${then}.`,
    approval: `Once ${you} closed a session out and the office has approved that, ${then}.`,
  }[completion];
  return [done, ...(twoDurations ? [`A close-out says apart how long is billed and how long is paid.`] : [])];
}

function lateCancelWords({ lateCancel }: Policy, sees: Sees): string[] {
  const { noticeHours, freePerTerm, fullPayMinutes } = lateCancel;
  const steps = [
    { underHours: noticeHours, clientChargePercent: lateCancel.clientChargePercent, tutorPayPercent: lateCancel.tutorPayPercent },
    ...lateCancel.steps,
  ]
    .filter((step, index) => index === 0 || step.underHours < noticeHours)
    .sort((a, b) => b.underHours - a.underHours)
    .map((step) => ({
      after: step.underHours === 0 ? 'after the start' : `with less than ${hoursText(step.underHours)} of notice`,
      said: moneyText(step.clientChargePercent, step.tutorPayPercent, sees),
    }));
  const inTime = noticeHours === 0 ? 'until it begins' : `up to ${hoursText(noticeHours)} before it begins`;
  const costs = sees.charge ? 'costs nothing' : 'is not paid';
  return [
    `A session that ${sees.as === 'family' ? 'you cancel' : 'a family cancels'} ${inTime} ${costs}.`,
    `${sentence(
      listText(
        steps.map(({ after, said }) => `${after}, ${said}`),
        'and',
        ';',
      ),
    )}`,
    ...(sees.charge && freePerTerm > 0
      ? [
          `In each term ${freePerTerm === 1 ? 'one late cancellation' : `${freePerTerm} late cancellations`} of a student ${freePerTerm === 1 ? 'is' : 'are'} free.`,
        ]
      : []),
    ...fullPayWords(fullPayMinutes, sees),
  ];
}

function noShowWords({ noShow }: Policy, sees: Sees): string[] {
  const minute = noShowMinute(noShow.waitPercent, 60);
  const who = sees.as === 'family' ? 'you or your child don’t come' : 'a student doesn’t come';
  const ofFee = noShow.payBase === 'session_fee';
  return [
    ...(sees.as === 'family'
      ? []
      : [
          minute === 0
            ? 'A student may be marked as not come from the start.'
            : `In a session of 60 minutes ${sees.as === 'tutor' ? 'you wait' : 'the tutor waits'} ${minute} minutes before a student may be marked as not come; in a longer one in proportion.`,
        ]),
    `If ${who}, ${moneyText(noShow.clientChargePercent, noShow.tutorPayPercent, sees, ofFee)}.`,
    ...fullPayWords(noShow.fullPayMinutes, sees),
  ];
}

function fullPayWords(minutes: number, { pay, as }: Sees): string[] {
  if (!pay || minutes === 0) return [];
  return [`A session planned for ${minutes} minutes or more is then paid ${as === 'tutor' ? 'to you' : 'to the tutor'} in full.`];
}

function makeUpWords({ makeUp }: Policy, { charge }: Sees): string[] {
  if (!charge || makeUp.on === 'never') return [];
  const what = {
    late_cancel: 'A lesson that was cancelled late',
    no_show: 'A lesson that was not come to',
    both: 'A lesson that was cancelled late or not come to',
  }[makeUp.on];
  const days = makeUp.validDays === 1 ? 'one day' : `${makeUp.validDays} days`;
  return [`${what} can be made up for within ${days} instead of being charged; after that it is charged.`];
}

function moneyText(charge: string, pay: string, sees: Sees, ofFee = false): string {
  const [who, rate] = sees.as === 'tutor' ? ['you are', 'your rate'] : ['the tutor is', 'their rate'];
  const parts = [
    ...(sees.charge ? [`${share(charge)} is charged`] : []),
    ...(sees.pay ? [`${who} paid ${pay === '0' ? 'nothing' : `${pay}% of ${ofFee ? 'the fee' : rate}`}`] : []),
  ];
  return parts.join(' and ');
}

const share = (percent: string) => (percent === '0' ? 'nothing' : percent === '100' ? 'the whole fee' : `${percent}% of the fee`);
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
