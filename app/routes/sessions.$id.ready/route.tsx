import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize, notFound } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { isDomainError } from '#app/domain/errors.ts';
import { isId } from '#app/domain/is-id.ts';
import { getJoinSession } from '#app/domain/meetings/queries.server.ts';
import { answerReady, loadReady } from '../ready-pages/load-ready.server.ts';
import { ReadyPage } from '../ready-pages/ready-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Check before the session · Lectern' }];

async function loadSession(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const { context, params } = args;
  const user = await authorize(args, 'account.self');
  if (!isId(params.id)) throw notFound();
  const session = await getJoinSession(context.db, params.id).catch((error) => {
    if (isDomainError(error, 'not_found')) throw notFound();
    throw error;
  });
  const subject = {
    type: 'session' as const,
    tutorId: session.tutorId,
    clientIds: session.places.map((place) => place.clientId),
    studentIds: session.places.map((place) => place.studentId),
  };
  await authorize(args, 'session.join', subject, { hide: true });
  return { user, session };
}

export async function loader(args: LoaderFunctionArgs) {
  const { user, session } = await loadSession(args);
  const area = can(user, 'session.edit') ? 'office' : user.tutorId === session.tutorId ? 'tutor' : 'family';
  return loadReady(args.context, user, session, { to: `/${area}/sessions/${session.id}`, label: 'Back to the session' });
}

export async function action(args: ActionFunctionArgs) {
  const { user, session } = await loadSession(args);
  return answerReady(args.context, user, session.id, await args.request.formData());
}

export default function SessionReady() {
  return <ReadyPage facts={useLoaderData<typeof loader>()} />;
}
