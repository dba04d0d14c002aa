import type { MailTemplate } from '#emails/templates.ts';

/**
 * Every mail: what it tells of, and whom. The table "who gets what" is made from it, and what an administrator calls a mail.
 * Browser-safe.
 */

export const MAIL_AUDIENCES = ['client', 'student', 'tutor', 'office', 'person'] as const;
/** client: who pays or cares for a student; person: whoever the account, the form or the link is of. */
export type MailAudience = (typeof MAIL_AUDIENCES)[number];

export const AUDIENCE_WORDS: Record<MailAudience, string> = {
  client: 'Client',
  student: 'Student',
  tutor: 'Tutor',
  office: 'Office',
  person: 'Whoever asked',
};

export interface MailEvent {
  /** What the mail is called in lists. */
  name: string;
  /** When it goes out. */
  when: string;
  group: 'Sessions' | 'Planning' | 'Progress' | 'Money' | 'Accounts and forms';
  /** Whom it may go to; the first is meant where the mail itself doesn't say. */
  to: readonly [MailAudience, ...MailAudience[]];
  /** To these it always goes: without it nobody could go on. */
  always: readonly MailAudience[];
}

const everybody = ['client', 'student', 'tutor'] as const;

const EVENTS: Partial<Record<MailTemplate, MailEvent>> = {
  'session-confirmed': {
    name: 'Session booked',
    when: 'A session is booked or accepted',
    group: 'Sessions',
    to: everybody,
    always: [],
  },
  'session-changed': {
    name: 'Session changed',
    when: 'A session moves to another time, place or tutor',
    group: 'Sessions',
    to: everybody,
    always: ['tutor'],
  },
  'session-cancelled': {
    name: 'Session cancelled',
    when: 'A session, or a place in it, is cancelled',
    group: 'Sessions',
    to: everybody,
    always: ['tutor'],
  },
  'schedule-changed': {
    name: 'Several sessions changed',
    when: 'Many sessions are booked, moved or cancelled at once',
    group: 'Sessions',
    to: everybody,
    always: ['tutor'],
  },
  'session-reminder': {
    name: 'Reminder of a session',
    when: 'A session is near, at the times that are set for reminders',
    group: 'Sessions',
    to: everybody,
    always: [],
  },
  'session-started': {
    name: 'Session begins now',
    when: 'Somebody starts an instant session',
    group: 'Sessions',
    to: everybody,
    always: [],
  },
  'session-started-invited': {
    name: 'Session begins now, with an invitation',
    when: 'An instant session is started with somebody who has no account yet',
    group: 'Sessions',
    to: ['student', 'client'],
    always: ['student', 'client'],
  },
  'session-summary': {
    name: 'Summary of a session',
    when: 'A tutor has closed a session out and wrote something for the family',
    group: 'Progress',
    to: ['client', 'student'],
    always: [],
  },
  'guest-link': {
    name: 'Link to join',
    when: 'The office sends the link of a session to somebody without an account',
    group: 'Sessions',
    to: ['person'],
    always: ['person'],
  },
  'booking-request': {
    name: 'Booking request',
    when: 'Somebody asks for a session, or gets the answer',
    group: 'Planning',
    to: ['person'],
    always: ['person'],
  },
  'booking-received': {
    name: 'Booking received',
    when: 'A guest has booked on the booking page',
    group: 'Planning',
    to: ['person'],
    always: ['person'],
  },
  'place-offered': {
    name: 'A place is free',
    when: 'A place is offered to who waits for it',
    group: 'Planning',
    to: ['client'],
    always: ['client'],
  },
  offer: {
    name: 'Offer to a tutor',
    when: 'A tutor is offered a student, and when it is answered',
    group: 'Planning',
    to: ['tutor'],
    always: ['tutor'],
  },
  'time-off-decided': {
    name: 'Time off decided',
    when: 'Time off is granted or refused',
    group: 'Planning',
    to: ['tutor'],
    always: [],
  },
  'engagements-idle': {
    name: 'Nothing is planned',
    when: 'Nothing is planned of an engagement for long',
    group: 'Planning',
    to: ['tutor', 'office'],
    always: [],
  },
  'clearances-expiring': {
    name: 'Clearances run out',
    when: 'A clearance ends soon',
    group: 'Planning',
    to: ['tutor', 'office'],
    always: [],
  },
  'clearance-checked': {
    name: 'Clearance checked',
    when: 'The office has looked at a document',
    group: 'Planning',
    to: ['tutor'],
    always: [],
  },
  'connection-ended': {
    name: 'Meeting account ended',
    when: 'A tutor’s account at a meeting provider no longer works',
    group: 'Planning',
    to: ['tutor'],
    always: [],
  },
  'close-out-sent-back': {
    name: 'Close-out sent back',
    when: 'The office gives a close-out back to its tutor',
    group: 'Progress',
    to: ['tutor'],
    always: ['tutor'],
  },
  'close-outs-overdue': {
    name: 'Close-outs are missing',
    when: 'Sessions are not closed out in time',
    group: 'Progress',
    to: ['tutor', 'office'],
    always: [],
  },
  'feedback-request': {
    name: 'How was it?',
    when: 'A family is asked how lessons go',
    group: 'Progress',
    to: ['client', 'student'],
    always: [],
  },
  'conversation-message': {
    name: 'Message',
    when: 'Tutor, family or office has written, and it was not read on the page',
    group: 'Progress',
    to: ['client', 'student', 'tutor'],
    always: [],
  },
  invoice: { name: 'Invoice', when: 'An invoice is issued', group: 'Money', to: ['client'], always: ['client'] },
  'invoice-reminder': {
    name: 'Invoice reminder',
    when: 'An invoice is still open after its due day',
    group: 'Money',
    to: ['client'],
    always: ['client'],
  },
  'pro-forma': {
    name: 'Pro forma',
    when: 'The office sends what a time will cost',
    group: 'Money',
    to: ['client'],
    always: ['client'],
  },
  statement: { name: 'Statement', when: 'The office sends a statement', group: 'Money', to: ['client'], always: ['client'] },
  payment: { name: 'Payment received', when: 'A payment comes in or is refused', group: 'Money', to: ['client'], always: [] },
  'credits-low': { name: 'Credits run low', when: 'Few credits are left', group: 'Money', to: ['client'], always: [] },
  'credits-expiring': { name: 'Credits expire', when: 'Credits expire soon', group: 'Money', to: ['client'], always: [] },
  'pay-statement': { name: 'Pay statement', when: 'A pay run is approved', group: 'Money', to: ['tutor'], always: [] },
  'invoice-run-waits': {
    name: 'Invoice run waits',
    when: 'An invoice run is ready to be looked at',
    group: 'Money',
    to: ['office'],
    always: [],
  },
  invitation: {
    name: 'Invitation',
    when: 'Somebody is invited to an account',
    group: 'Accounts and forms',
    to: ['person'],
    always: ['person'],
  },
  reset: {
    name: 'New password',
    when: 'Somebody asks for a new password',
    group: 'Accounts and forms',
    to: ['person'],
    always: ['person'],
  },
  'form-received': {
    name: 'Form received',
    when: 'Somebody has sent the enquiry or the application form',
    group: 'Accounts and forms',
    to: ['person'],
    always: [],
  },
  'form-to-office': {
    name: 'Form to the office',
    when: 'An enquiry or an application comes in',
    group: 'Accounts and forms',
    to: ['office'],
    always: [],
  },
};

export const MAIL_EVENTS = Object.entries(EVENTS) as [MailTemplate, MailEvent][];

/** What a mail tells of and whom; undefined for the name of a mail that is there no more. */
export function eventOf(template: string): MailEvent | undefined {
  return Object.hasOwn(EVENTS, template) ? EVENTS[template as MailTemplate] : undefined;
}

/** What a list calls a mail. */
export function mailName(template: string): string {
  return eventOf(template)?.name ?? template;
}

/** Whether the company sends this mail to such readers. What always goes is not to be switched off. */
export function isSent(notSent: readonly string[], template: MailTemplate, audience: string | undefined): boolean {
  const event = EVENTS[template];
  const to = audience ?? event?.to[0];
  if (!to || event?.always.some((one) => one === to)) return true;
  return !notSent.includes(`${template}:${to}`);
}
