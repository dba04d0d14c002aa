import { type Action, can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';
import { officeNav } from './nav.ts';
import { settingsPlaces } from './settings-places.ts';

export interface PageFound {
  to: string;
  title: string;
  detail: string;
}

/** What begins something, for who may. The pages of the menu are found by their own names. */
const actions: { to: string; title: string; words: string; action: Action }[] = [
  { to: '/office/sessions/new', title: 'Book a session', words: 'new lesson plan', action: 'session.book' },
  {
    to: '/office/sessions/instant',
    title: 'Start a session now',
    words: 'instant lesson room at once',
    action: 'session.instant',
  },
  { to: '/office/requests/new', title: 'Add a request', words: 'new enquiry', action: 'request.manage' },
  { to: '/office/tutors/new', title: 'Add a tutor', words: 'new', action: 'people.write' },
  { to: '/office/clients/new', title: 'Add a client', words: 'new family parent', action: 'people.write' },
  { to: '/office/students/new', title: 'Add a student', words: 'new child', action: 'people.write' },
  { to: '/office/engagements/new', title: 'Engage a tutor', words: 'new engagement', action: 'engagement.manage' },
  { to: '/office/courses/new', title: 'Add a course', words: 'new group', action: 'session.book' },
  { to: '/office/invoice-runs/new', title: 'Make invoices', words: 'new run bill', action: 'money.manage' },
  { to: '/office/pay-runs/new', title: 'Pay tutors', words: 'new run payroll', action: 'pay.manage' },
  { to: '/office/settings/users/new', title: 'Invite somebody to sign in', words: 'new user', action: 'users.manage' },
  {
    to: '/office/settings/plugins/declared/new',
    title: 'Describe a meeting provider',
    words: 'new plugin yaml declared',
    action: 'plugins.manage',
  },
  { to: '/office/duplicates', title: 'Merge duplicates', words: 'same twice undo', action: 'people.merge' },
  { to: '/office/clean-up', title: 'Clean up', words: 'archive idle yearly bulk', action: 'people.write' },
  { to: '/ready', title: 'Check camera, microphone and connection', words: 'test video device', action: 'account.self' },
  { to: '/help', title: 'How it works here', words: 'help guide manual rules process', action: 'account.self' },
  { to: '/account', title: 'Your account', words: 'password time zone profile', action: 'account.self' },
];

/** Pages and actions in whose name each word is the beginning of a word. */
export function findPages(user: SignedInUser, q: string): PageFound[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const fits = (text: string) => {
    const there = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => there.some((known) => known.startsWith(word)));
  };
  const begun = actions
    .filter((entry) => can(user, entry.action) && fits(`${entry.title} ${entry.words}`))
    .map(({ to, title }) => ({ to, title, detail: 'Action' }));
  const pages = officeNav(user)
    .flatMap((group) => group.items.map((item) => ({ ...item, group: group.label })))
    .filter((item) => fits(`${item.label} ${item.group ?? ''}`))
    .map(({ to, label, group }) => ({ to, title: label, detail: group ?? 'Page' }));
  const settings = settingsPlaces
    .filter((place) => can(user, place.action) && fits(`${place.title} settings`))
    .map(({ to, title }) => ({ to, title, detail: 'Settings' }));
  const found = new Map([...begun, ...pages, ...settings].map((page) => [page.to, page]));
  return [...found.values()].slice(0, 8);
}
