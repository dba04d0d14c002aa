import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';

export type NavIcon =
  | 'today'
  | 'board'
  | 'sessions'
  | 'calendar'
  | 'book'
  | 'requests'
  | 'offers'
  | 'booking-requests'
  | 'matching'
  | 'tasks'
  | 'engagements'
  | 'series'
  | 'tutors'
  | 'clients'
  | 'students'
  | 'programs'
  | 'places'
  | 'rooms'
  | 'courses'
  | 'closeouts'
  | 'meetings'
  | 'attendance'
  | 'invoices'
  | 'unbilled'
  | 'credits'
  | 'balances'
  | 'payments'
  | 'pay'
  | 'rates'
  | 'time-sheets'
  | 'books'
  | 'reports'
  | 'settings'
  | 'availability'
  | 'time-off'
  | 'clearances'
  | 'account'
  | 'messages'
  | 'progress'
  | 'feedback'
  | 'mails'
  | 'help';

export interface NavItem {
  to: string;
  label: string;
  icon: NavIcon;
  /** What waits there, said beside the label: { count: 2, words: 'to answer' }. */
  waiting?: { count: number; words: string };
}

export interface NavGroup {
  label: string | null;
  items: NavItem[];
}

type Action = Parameters<typeof can>[1];

interface Entry extends NavItem {
  action: Action;
  /** Left out for whoever finds it behind another entry: the menu is long enough. */
  unless?: Action;
}

const office: { label: string | null; items: Entry[] }[] = [
  {
    label: null,
    items: [
      { to: '/office', label: 'Today', icon: 'today', action: 'office.enter' },
      { to: '/office/board', label: 'Board', icon: 'board', action: 'session.list' },
      { to: '/office/calendar', label: 'Calendar', icon: 'calendar', action: 'session.list' },
      { to: '/office/tasks', label: 'Tasks', icon: 'tasks', action: 'task.manage' },
    ],
  },
  {
    label: 'Matching',
    items: [
      { to: '/office/requests', label: 'Requests', icon: 'requests', action: 'request.manage' },
      { to: '/office/matching', label: 'Match all', icon: 'matching', action: 'request.manage' },
      { to: '/office/engagements', label: 'Engagements', icon: 'engagements', action: 'engagement.manage' },
    ],
  },
  {
    label: 'Sessions',
    items: [
      { to: '/office/booking-requests', label: 'Booking requests', icon: 'booking-requests', action: 'booking-request.list' },
      { to: '/office/sessions', label: 'All sessions', icon: 'sessions', action: 'session.list' },
      { to: '/office/series', label: 'Series', icon: 'series', action: 'session.list' },
      { to: '/office/courses', label: 'Courses', icon: 'courses', action: 'session.list' },
      { to: '/office/attendance', label: 'Attendance', icon: 'attendance', action: 'closeout.approve' },
      { to: '/office/make-ups', label: 'Make-ups', icon: 'series', action: 'session.book' },
      { to: '/office/meetings', label: 'Meetings', icon: 'meetings', action: 'meeting.manage' },
      { to: '/office/closeouts', label: 'Close-outs', icon: 'closeouts', action: 'closeout.approve' },
    ],
  },
  {
    label: 'People',
    items: [
      { to: '/office/tutors', label: 'Tutors', icon: 'tutors', action: 'people.read' },
      { to: '/office/clients', label: 'Clients', icon: 'clients', action: 'people.read' },
      { to: '/office/students', label: 'Students', icon: 'students', action: 'people.read' },
      { to: '/office/feedback', label: 'Feedback', icon: 'feedback', action: 'feedback.read' },
      { to: '/office/messages', label: 'Messages', icon: 'messages', action: 'conversation.moderate' },
      { to: '/office/clearances', label: 'Clearances', icon: 'clearances', action: 'people.read' },
      { to: '/office/time-off', label: 'Time off', icon: 'time-off', action: 'timeoff.decide' },
    ],
  },
  {
    label: 'Money',
    items: [
      { to: '/office/invoices', label: 'Invoices', icon: 'invoices', action: 'money.read' },
      { to: '/office/unbilled', label: 'Unbilled', icon: 'unbilled', action: 'money.read' },
      { to: '/office/credits', label: 'Credits', icon: 'credits', action: 'money.read' },
      { to: '/office/balances', label: 'Balances', icon: 'balances', action: 'money.read' },
      { to: '/office/payments', label: 'Payments', icon: 'payments', action: 'money.read' },
      { to: '/office/pay-runs', label: 'Pay runs', icon: 'pay', action: 'pay.manage' },
      { to: '/office/time-sheets', label: 'Time sheets', icon: 'time-sheets', action: 'pay.manage' },
      { to: '/office/rates', label: 'Rates', icon: 'rates', action: 'rates.manage' },
      { to: '/office/books', label: 'Books', icon: 'books', action: 'money.read' },
      { to: '/office/reports', label: 'Reports', icon: 'reports', action: 'reports.read' },
    ],
  },
  {
    label: 'Company',
    items: [
      { to: '/office/programs', label: 'Programs', icon: 'programs', action: 'people.read' },
      { to: '/office/settings/places', label: 'Places', icon: 'places', action: 'place.manage', unless: 'organisation.manage' },
      { to: '/office/settings/rooms', label: 'Rooms', icon: 'rooms', action: 'place.manage', unless: 'organisation.manage' },
      { to: '/office/mails', label: 'Mails', icon: 'mails', action: 'mails.read' },
      { to: '/office/settings', label: 'Settings', icon: 'settings', action: 'organisation.manage' },
    ],
  },
];

const isShown = (user: SignedInUser, { action, unless }: Entry) => can(user, action) && !(unless && can(user, unless));

/** What this person may open; a group with nothing in it is left out. */
export function officeNav(user: SignedInUser): NavGroup[] {
  return office
    .map((group) => ({
      label: group.label,
      items: group.items.filter((item) => isShown(user, item)).map(({ to, label, icon }) => ({ to, label, icon })),
    }))
    .filter((group) => group.items.length > 0);
}

/** Messages with how many conversations have something new; none where the company has switched them off (null). */
function messagesItem(to: string, unread: number | null): NavItem[] {
  if (unread === null) return [];
  const waiting = { count: unread, words: unread === 1 ? 'conversation to read' : 'conversations to read' };
  return [{ to, label: 'Messages', icon: 'messages', ...(unread > 0 ? { waiting } : {}) }];
}

/**
 * What is used each day comes first: a phone's bar has room for four and "More". Offers and messages stand in it while one
 * waits.
 */
export function tutorNav({ offers, unread = null }: { offers: number; unread?: number | null }): NavGroup[] {
  const messages = messagesItem('/tutor/messages', unread);
  const waiting = { count: offers, words: offers === 1 ? 'offer to answer' : 'offers to answer' };
  return [
    {
      label: null,
      items: [
        { to: '/tutor', label: 'Today', icon: 'today' },
        ...(offers > 0 ? [{ to: '/tutor/offers', label: 'Offers', icon: 'offers' as const, waiting }] : []),
        { to: '/tutor/calendar', label: 'Calendar', icon: 'calendar' },
        { to: '/tutor/closeouts', label: 'Close out', icon: 'closeouts' },
        ...(unread ? messages : []),
        { to: '/tutor/students', label: 'Students', icon: 'students' },
        ...(unread ? [] : messages),
        { to: '/tutor/book', label: 'Book', icon: 'book' },
        { to: '/tutor/availability', label: 'Hours', icon: 'availability' },
        { to: '/tutor/pay', label: 'Pay', icon: 'pay' },
        { to: '/tutor/documents', label: 'Documents', icon: 'clearances' },
        { to: '/tutor/settings', label: 'Settings', icon: 'settings' },
      ],
    },
  ];
}

/** A student who is nobody's client sees no money, nor does who only cares for one; and what costs is the payer's to book. */
export function familyNav(user: SignedInUser, unread: number | null = null): NavGroup[] {
  const items: NavItem[] = [
    { to: '/family', label: 'Home', icon: 'today' },
    { to: '/family/sessions', label: 'Sessions', icon: 'sessions' },
    { to: '/family/progress', label: 'Progress', icon: 'progress' },
    ...messagesItem('/family/messages', unread),
  ];
  const pays = user.studentIds.length > 0 || user.guardedIds.length === 0;
  if (pays) items.push({ to: '/family/book', label: 'Book', icon: 'book' });
  if (pays && user.roles.includes('client')) {
    items.push({ to: '/family/invoices', label: 'Invoices', icon: 'invoices' });
    items.push({ to: '/family/payments', label: 'Payments', icon: 'payments' });
    items.push({ to: '/family/credits', label: 'Credits', icon: 'credits' });
  }
  return [{ label: null, items }];
}

/** The places of somebody with several roles, to go from one to another. */
export function placesOf(user: SignedInUser): { to: string; label: string }[] {
  return [
    ...(can(user, 'office.enter') ? [{ to: '/office', label: 'Office' }] : []),
    ...(can(user, 'tutor.enter') ? [{ to: '/tutor', label: 'My teaching' }] : []),
    ...(can(user, 'family.enter') ? [{ to: '/family', label: 'My family' }] : []),
  ];
}
