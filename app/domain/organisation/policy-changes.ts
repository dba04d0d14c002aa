/** What of two policies is different, in words. Pure, browser-safe. */
import type { Policy } from './policies.ts';
import { policySentences, policyTextsOf } from './policy-sentences.ts';

export interface PolicyChange {
  rule: string;
  /** Empty: there was no such rule. */
  before: string;
  after: string;
}

type Written = Parameters<typeof policySentences>[1];

const rules = {
  completion: 'When a session is done',
  twoDurations: 'Billed and paid time',
  wait: 'Waiting for a student',
  noShow: 'No-show',
  noShowFullPay: 'No-show, paid in full',
  lateCancel: 'Late cancellation',
  steps: 'Steps of notice',
  free: 'Free cancellations',
  lateFullPay: 'Late cancellation, paid in full',
  makeUp: 'Make-ups',
  mileage: 'Mileage',
  due: 'Invoices',
} as const;

const textOf = (said: string | readonly string[]) => (typeof said === 'string' ? said : said.join(' '));

/** Every rule of a policy that says something, with its name. */
export function policyLines(policy: Policy, written: Written): { rule: string; text: string }[] {
  const said = policySentences(policyTextsOf(policy), written);
  return Object.entries(rules)
    .map(([key, rule]) => ({ rule, text: textOf(said[key as keyof typeof rules]) }))
    .filter(({ text }) => text !== '');
}

export function policyChanges(before: Policy, after: Policy, written: Written): PolicyChange[] {
  const was = policySentences(policyTextsOf(before), written);
  const is = policySentences(policyTextsOf(after), written);
  return Object.entries(rules)
    .map(([key, rule]) => {
      const name = key as keyof typeof rules;
      return { rule, before: textOf(was[name]), after: textOf(is[name]) };
    })
    .filter((change) => change.before !== change.after);
}
