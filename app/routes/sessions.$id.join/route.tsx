import { data, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { familyOfUser } from '#app/auth/signed-in-user.ts';
import { getJoinSession, subjectOf } from '#app/domain/meetings/queries.server.ts';
import { resolveJoinUrl } from '#app/domain/meetings/resolve-join-url.server.ts';
import { withoutHomes } from '#app/domain/scheduling/hidden-homes.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { DoorCard } from '../join-pages/door-card.tsx';
import { doorPage } from '../join-pages/door-page.ts';
import { isPrefetch } from '../join-pages/is-prefetch.ts';

export const meta: MetaFunction = () => [{ title: 'Join · Lectern' }, { name: 'robots', content: 'noindex' }];

/**
 * A link and not a form's button: it stands in mails and calendars, has to survive signing in, and works without a
 * script. What a GET must then not do is count somebody as there who isn't: a browser that fetches ahead says so and is
 * turned away, the answer is never cached, and who is not signed in gets no further than the sign-in page.
 */
export async function loader(args: LoaderFunctionArgs) {
  const { context, params, request } = args;
  const user = await authorize(args, 'account.self');
  const session = await found(getJoinSession(context.db, recordIdOf(params)));
  await authorize(args, 'session.join', subjectOf(session), { hide: true });
  if (isPrefetch(request)) throw new Response(null, { status: 425, headers: { 'Cache-Control': 'no-store' } });

  const evenAlone = new URL(request.url).searchParams.has('alone');
  const answer = await resolveJoinUrl(context.db, context, session, user, { evenAlone });
  if (answer.state === 'open') {
    throw redirect(answer.url, { headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' } });
  }
  const office = can(user, 'session.edit');
  const insider = office || user.tutorId === session.tutorId;
  const [shown] = insider ? [] : await withoutHomes(context.db, familyOfUser(user), [session]);
  const door = doorPage(shown ?? session, answer, {
    now: context.clock(),
    timezone: user.timezone ?? session.timezone,
    locale: user.locale ?? session.locale,
    insider,
    href: `/sessions/${session.id}/join`,
    ready: `/sessions/${session.id}/ready`,
    back: office
      ? `/office/sessions/${session.id}`
      : user.tutorId === session.tutorId
        ? `/tutor/sessions/${session.id}`
        : `/family/sessions/${session.id}`,
  });
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  if (door.refreshSeconds !== null) headers.set('Refresh', String(door.refreshSeconds));
  return data(door, { headers });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function JoinPage() {
  return <DoorCard door={useLoaderData<typeof loader>()} />;
}
