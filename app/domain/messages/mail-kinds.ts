import type { MailTemplate } from '#emails/templates.ts';

/**
 * Mails by what their reader may say of them. Browser-safe (types alone are imported).
 *
 * - `kind`: what a preference and an unsubscribe link name; `required` mails can't be declined (an account, a booking, an
 *   invoice: who does business has to be told)
 * - `urgent`: quiet hours don't hold it back
 */
export const MAIL_KINDS = [
  'required',
  'reminders',
  'summaries',
  'feedback',
  'conversations',
  'chasing',
  'money-notices',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];
export type DeclinableKind = Exclude<MailKind, 'required'>;

interface KindOf {
  kind: MailKind;
  urgent: boolean;
}

/** Mails that aren't named here are required and urgent. */
const KINDS: Partial<Record<MailTemplate, KindOf>> = {
  'session-reminder': { kind: 'reminders', urgent: false },
  'credits-low': { kind: 'money-notices', urgent: false },
  'credits-expiring': { kind: 'money-notices', urgent: false },
  'invoice-reminder': { kind: 'required', urgent: false },
  'close-outs-overdue': { kind: 'chasing', urgent: false },
  'close-out-sent-back': { kind: 'required', urgent: false },
  'conversation-message': { kind: 'conversations', urgent: true },
  'session-summary': { kind: 'summaries', urgent: false },
  'engagements-idle': { kind: 'chasing', urgent: false },
  'feedback-request': { kind: 'feedback', urgent: false },
  'clearances-expiring': { kind: 'required', urgent: false },
};

export function kindOf(template: MailTemplate): KindOf {
  return KINDS[template] ?? { kind: 'required', urgent: true };
}
