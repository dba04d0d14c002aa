import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { actOnCancelPage, loadCancelPage } from '../planning-pages/cancel-page.server.ts';
import { CancelPage } from '../planning-pages/cancel-page.tsx';
import { tutorPlanner } from '../planning-pages/planner-of.server.ts';

export const meta: MetaFunction = () => [{ title: 'Cancel session · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await tutorPlanner(args);
  return loadCancelPage(page, recordIdOf(args.params), new URL(args.request.url).searchParams);
}

export async function action(args: ActionFunctionArgs) {
  const page = await tutorPlanner(args);
  return actOnCancelPage(page, recordIdOf(args.params), await args.request.formData());
}

export default function TutorCancel() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <CancelPage page={page} answer={answer ?? undefined} />;
}
