import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnInstantPage, loadInstantPage } from '../instant-pages/instant-page.server.ts';
import { InstantPage } from '../instant-pages/instant-page.tsx';
import { instantStarter } from '../instant-pages/instant-starter.server.ts';

export const meta: MetaFunction = () => [{ title: 'Instant session · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  return loadInstantPage(await instantStarter(args, 'tutor'), new URL(args.request.url).searchParams);
}

export async function action(args: ActionFunctionArgs) {
  return actOnInstantPage(await instantStarter(args, 'tutor'), await args.request.formData());
}

export default function TutorInstant() {
  return <InstantPage page={useLoaderData<typeof loader>()} answer={useActionData<typeof action>() ?? undefined} />;
}
