import { can } from '#app/auth/can.ts';
import type { SignedInUser } from '#app/auth/signed-in-user.ts';

/** Whose sessions a feed has: those a person teaches, those of their family, or all of the company's. */
export const FEED_SCOPES = ['tutor', 'family', 'office'] as const;
export type FeedScope = (typeof FEED_SCOPES)[number];

export const FEED_NAMES: Record<FeedScope, string> = {
  tutor: 'My teaching',
  family: 'My family',
  office: 'All sessions',
};

const enters = { tutor: 'tutor.enter', family: 'family.enter', office: 'session.list' } as const;

/** What this person may have a feed of, now: a role that was taken away takes its feed along. */
export function mayFeed(user: SignedInUser, scope: string): scope is FeedScope {
  const known = FEED_SCOPES.find((one) => one === scope);
  return known !== undefined && can(user, enters[known]);
}
