import { data, type LoaderFunctionArgs } from '@remix-run/node';
import { type GuestCookie, readGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { countTry, forgiveTry, networkOf, type Try, waitMessage } from '#app/auth/limits.server.ts';
import { findGuest, type Guest } from '#app/domain/meetings/guest-link.server.ts';
import { getJoinSession, type JoinSession } from '#app/domain/meetings/queries.server.ts';
import type { JoinAnswer } from '#app/domain/meetings/resolve-join-url.server.ts';
import { type DoorPage, doorPage } from './door-page.ts';

export interface LoadedGuest {
  guest: Guest;
  session: JoinSession;
  /** To be kept by the browser that goes in. */
  cookie: GuestCookie;
}

/**
 * The place behind a signed link, with the name its guest goes by; undefined where the link opens nothing. Tries are
 * counted and a link that holds is given its own back: who waits at the door looks often, who guesses can't.
 */
export async function loadGuest({ context, params, request }: LoaderFunctionArgs): Promise<LoadedGuest | undefined> {
  const tries: Try[] = [{ limit: 'linkAddress', of: networkOf(context.clientIp) }];
  const wait = await countTry(context.db, tries);
  if (wait !== undefined) throw data(waitMessage(wait), { status: 429, headers: { 'Retry-After': `${wait}` } });
  const token = params.token ?? '';
  const guest = await findGuest(context.db, context, token);
  if (!guest) return undefined;
  await forgiveTry(context.db, tries);
  const kept = readGuestCookie(context.config, request.headers.get('cookie'));
  const name = kept?.token === token ? kept.name : '';
  return {
    guest: { ...guest, name: name || guest.name },
    session: await getJoinSession(context.db, guest.sessionId),
    cookie: { token, name },
  };
}

/** The door as a guest sees it: the session's name, tutor and time, and nothing else of anybody. */
export function guestDoor(now: Date, { session, cookie }: LoadedGuest, answer: Exclude<JoinAnswer, { state: 'open' }>): DoorPage {
  const { timezone, locale } = session;
  return doorPage({ ...session, location: '' }, answer, {
    ...{ now, timezone, locale, insider: false, back: null, ready: null },
    href: `/join/${cookie.token}/room`,
  });
}
