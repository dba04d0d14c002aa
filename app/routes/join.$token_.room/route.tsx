import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { writeGuestCookie } from '#app/auth/guest-cookie.server.ts';
import { resolveJoinUrl } from '#app/domain/meetings/resolve-join-url.server.ts';
import { DoorCard } from '../join-pages/door-card.tsx';
import { GuestLinkIsOver } from '../join-pages/guest-link-is-over.tsx';
import { isPrefetch } from '../join-pages/is-prefetch.ts';
import { guestDoor, loadGuest } from '../join-pages/load-guest.server.ts';

export const meta: MetaFunction = () => [
  { title: 'Join · Lectern' },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'no-referrer' },
];

/** Join for a guest: a link as `/sessions/:id/join` is, and with the same care that only a person's click counts. */
export async function loader(args: LoaderFunctionArgs) {
  const { context, request } = args;
  const headers = new Headers({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
  if (isPrefetch(request)) throw new Response(null, { status: 425, headers });
  const loaded = await loadGuest(args);
  if (!loaded) return data(null, { status: 404, headers });
  const evenAlone = new URL(request.url).searchParams.has('alone');
  const answer = await resolveJoinUrl(context.db, context, loaded.session, loaded.guest, { evenAlone });
  if (answer.state === 'open') {
    headers.append('Set-Cookie', writeGuestCookie(context.config, loaded.cookie));
    throw redirect(answer.url, { headers });
  }
  const door = guestDoor(context.clock(), loaded, answer);
  if (door.refreshSeconds !== null) headers.set('Refresh', String(door.refreshSeconds));
  return data(door, { headers });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function GuestRoom() {
  const door = useLoaderData<typeof loader>();
  return door ? <DoorCard door={door} /> : <GuestLinkIsOver />;
}
