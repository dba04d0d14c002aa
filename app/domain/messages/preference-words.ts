import type { DeclinableKind } from './mail-kinds.ts';

/** What the kinds of mails are called, for whoever chooses. */
export const KIND_WORDS: Record<DeclinableKind, { label: string; text: string }> = {
  reminders: { label: 'Reminders of sessions', text: 'Before a session, with the way to join and what to prepare.' },
  summaries: { label: 'What was done', text: 'After a session: its summary, homework and what it left behind.' },
  feedback: { label: 'How was it?', text: 'Asks now and then how a session went.' },
  conversations: {
    label: 'Messages',
    text: 'What tutor and family write to each other. Without the mails, messages wait on the page.',
  },
  chasing: { label: 'What is still to do', text: 'Sessions that are not closed out yet, families nothing is planned for.' },
  'money-notices': { label: 'Credits', text: 'When credits run low or expire. Invoices come in any case.' },
};

/** 1440 -> "1 day", 90 -> "90 minutes", 180 -> "3 hours". */
export function lengthWords(minutes: number): string {
  const [many, one] =
    minutes % 10_080 === 0
      ? [minutes / 10_080, 'week']
      : minutes % 1440 === 0
        ? [minutes / 1440, 'day']
        : minutes % 60 === 0
          ? [minutes / 60, 'hour']
          : [minutes, 'minute'];
  return `${many} ${one}${many === 1 ? '' : 's'}`;
}

/** [1440, 60] -> "1 day and 1 hour before"; none: "never". */
export function timesWords(minutes: readonly number[]): string {
  if (minutes.length === 0) return 'never';
  return `${new Intl.ListFormat('en', { type: 'conjunction' }).format(minutes.map(lengthWords))} before`;
}
