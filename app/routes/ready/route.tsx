import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { homeFor } from '#app/auth/can.ts';
import { answerReady, loadReady } from '../ready-pages/load-ready.server.ts';
import { ReadyPage } from '../ready-pages/ready-page.tsx';

export const meta: MetaFunction = () => [{ title: 'Check camera and microphone · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  return loadReady(args.context, user, null, { to: homeFor(user), label: 'Back' });
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'account.self');
  return answerReady(args.context, user, null, await args.request.formData());
}

export default function Ready() {
  return <ReadyPage facts={useLoaderData<typeof loader>()} />;
}
