import type { ShouldRevalidateFunctionArgs } from '@remix-run/react';

/**
 * Pages that read most of their address in the browser, and the parts of it that the server is asked about. A change of
 * anything else asks for nothing: what is clicked quickly one after another would only break off each other's answers.
 */
const ASKED: Readonly<Record<string, readonly string[]>> = { '/office/board': ['date', 'view'] };

type Step = Pick<
  ShouldRevalidateFunctionArgs,
  'currentUrl' | 'nextUrl' | 'formMethod' | 'formAction' | 'defaultShouldRevalidate'
>;

/** What is sent from a page's own drawer, and changes nothing of what is around the page. */
const WITHIN = '/office/board/';

/** Whether a step from one address to another needs anything from the server; each loader around such a page asks this. */
export function needsServer({ currentUrl, nextUrl, formMethod, formAction, defaultShouldRevalidate }: Step): boolean {
  if (formAction?.startsWith(WITHIN)) return false;
  const asked = ASKED[nextUrl.pathname];
  const stays = currentUrl.pathname === nextUrl.pathname && currentUrl.href !== nextUrl.href;
  if (!asked || !stays || (formMethod && formMethod !== 'GET')) return defaultShouldRevalidate;
  return asked.some((name) => currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name));
}
