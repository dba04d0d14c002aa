import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { getJoinSession, subjectOf } from '#app/domain/meetings/queries.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { answerReady, loadReady } from '../ready-pages/load-ready.server.ts';
import { ReadyPage } from '../ready-pages/ready-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Check before the session · Lectern' }];

async function loadSession(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const { context, params } = args;
  const user = await authorize(args, 'account.self');
  const session = await found(getJoinSession(context.db, recordIdOf(params)));
  await authorize(args, 'session.join', subjectOf(session), { hide: true });
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
