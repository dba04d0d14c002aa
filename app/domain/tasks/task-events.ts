/** What makes a task by itself, and what the rule says until an admin says otherwise. Browser-safe. */
export interface TaskEvent {
  /** When it happens, for the page of the rules. */
  when: string;
  title: string;
  enabled: boolean;
  dueInDays: number;
}

export const TASK_EVENTS = {
  enquiry_received: { when: 'A family enquires', title: 'Answer the enquiry', enabled: true, dueInDays: 1 },
  application_received: { when: 'A tutor applies', title: 'Look at the application', enabled: true, dueInDays: 3 },
  request_ageing: {
    when: 'A request stands too long in its stage',
    title: 'Take the request further',
    enabled: true,
    dueInDays: 0,
  },
  offer_unanswered: {
    when: 'A tutor lets an offer run out',
    title: 'Ask the tutor about the offer',
    enabled: true,
    dueInDays: 0,
  },
  offer_exhausted: { when: 'Nobody accepted an offer', title: 'Find another tutor', enabled: true, dueInDays: 0 },
  engagement_idle: {
    when: 'Nothing is planned of an engagement',
    title: 'Ask why nothing is planned',
    enabled: true,
    dueInDays: 1,
  },
  clearance_expiring: { when: 'A tutor’s clearance runs out', title: 'Get the clearance renewed', enabled: true, dueInDays: 7 },
  connection_ended: {
    when: 'A tutor’s account at a meeting provider ends',
    title: 'See that the tutor connects it again',
    enabled: true,
    dueInDays: 1,
  },
  charge_failed: {
    when: 'A saved card is refused for good',
    title: 'Ask the family how it will pay',
    enabled: true,
    dueInDays: 1,
  },
  payment_disputed: {
    when: 'A payer’s bank takes a payment back',
    title: 'Answer the dispute at the payment provider',
    enabled: true,
    dueInDays: 2,
  },
  payment_unclear: {
    when: 'A payment came in that does not fit what was asked for',
    title: 'Look at the payment, and settle it by hand',
    enabled: true,
    dueInDays: 1,
  },
  refund_failed: { when: 'A refund does not arrive', title: 'Give the money back in another way', enabled: true, dueInDays: 1 },
  mail_broken: {
    when: 'A mail in your own words can’t be used, and goes out as it ships',
    title: 'Mend the words of a mail',
    enabled: true,
    dueInDays: 1,
  },
  mail_blocked: {
    when: 'Mails to somebody come back, or are told as spam',
    title: 'Ask for a mail address that works',
    enabled: true,
    dueInDays: 1,
  },
  reply_unassigned: {
    when: 'An answer by mail can’t be assigned',
    title: 'Look at an answer that came in by mail',
    enabled: true,
    dueInDays: 1,
  },
  clearance_to_check: { when: 'A tutor sends in a document', title: 'Check the document', enabled: true, dueInDays: 2 },
} as const satisfies Record<string, TaskEvent>;

export type TaskEventName = keyof typeof TASK_EVENTS;

export const TASK_EVENT_NAMES = Object.keys(TASK_EVENTS) as TaskEventName[];

export const isTaskEvent = (name: string): name is TaskEventName => Object.hasOwn(TASK_EVENTS, name);

/** What a task can be about. */
export const TASK_KINDS = ['tutor', 'client', 'student', 'request', 'session'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
