/** What the help of each role goes through, in its order; each is a place on its page that others lead to. Browser-safe. */

export const HELP_ROLES = ['office', 'tutor', 'family', 'student'] as const;
export type HelpRole = (typeof HELP_ROLES)[number];

export const HELP_TOPICS = {
  office: {
    day: 'The day',
    people: 'People',
    matching: 'From an enquiry to a tutor',
    planning: 'Planning sessions',
    meetings: 'Online rooms',
    cancelling: 'Cancelling and not coming',
    'close-outs': 'Close-outs and approval',
    progress: 'Progress and feedback',
    messages: 'Mails and messages',
    invoices: 'Invoices and payments',
    credits: 'Packages and credits',
    pay: 'Paying tutors',
    settings: 'Settings',
  },
  tutor: {
    day: 'Your day',
    prepare: 'Before a session',
    planning: 'Planning sessions',
    hours: 'Your hours',
    meetings: 'Online rooms',
    'close-outs': 'Closing out',
    cancelling: 'Cancelled, or nobody came',
    messages: 'Writing to families',
    pay: 'Your pay',
    phone: 'On your phone',
  },
  family: {
    lessons: 'Lessons',
    joining: 'Joining online',
    booking: 'Booking and other times',
    cancelling: 'Cancelling, and what it costs',
    progress: 'How it goes',
    messages: 'Messages and mails',
    paying: 'Invoices and credits',
    phone: 'On your phone',
  },
  student: {
    lessons: 'Lessons',
    joining: 'Joining online',
    questions: 'Questions before a lesson',
    homework: 'Homework and goals',
    cancelling: 'If you can’t come',
    phone: 'On your phone',
  },
} as const satisfies Record<HelpRole, Record<string, string>>;

/** 'tutor/pay': the place on a role's page. */
export type HelpTopic = { [Role in HelpRole]: `${Role}/${keyof (typeof HELP_TOPICS)[Role] & string}` }[HelpRole];

/** Where a topic is explained. */
export function helpAddress(topic: HelpTopic): string {
  const [role, id] = topic.split('/');
  return `/help?for=${role}#${id}`;
}
