/** What became of a mail, as the log says it. Browser-safe. */
export const MAIL_STATES = {
  waiting: { label: 'Waiting', is: `status IN ('queued', 'sending')`, color: 'blue' },
  sent: { label: 'Sent', is: `status IN ('sent', 'captured')`, color: 'green' },
  bounced: { label: 'Came back', is: `status = 'bounced'`, color: 'red' },
  failed: { label: 'Not sent', is: `status = 'failed'`, color: 'red' },
  withheld: { label: 'Withheld', is: `status = 'withheld'`, color: 'gray' },
  double: { label: 'Perhaps twice', is: 'doubtful_at IS NOT NULL', color: 'yellow' },
} as const;
export type MailState = keyof typeof MAIL_STATES;

export const isMailState = (text: string): text is MailState => Object.hasOwn(MAIL_STATES, text);

/** The state of a row: `captured` mails count as sent, since where no mail leaves the house being kept is all there is. */
export function stateOf(status: string): Exclude<MailState, 'double'> {
  if (status === 'queued' || status === 'sending') return 'waiting';
  if (status === 'bounced' || status === 'failed' || status === 'withheld') return status;
  return 'sent';
}
