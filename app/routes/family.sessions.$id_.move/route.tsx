import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { recordIdOf } from '#app/ui/record-param.server.ts';
import { actOnMovePage, loadMovePage } from '../planning-pages/move-page.server.ts';
import { MovePage } from '../planning-pages/move-page.tsx';
import { familyPlanner } from '../planning-pages/planner-of.server.ts';

export const meta: MetaFunction = () => [{ title: 'Another time · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await familyPlanner(args);
  return loadMovePage(page, recordIdOf(args.params), new URL(args.request.url).searchParams);
}

export async function action(args: ActionFunctionArgs) {
  const page = await familyPlanner(args);
  return actOnMovePage(page, recordIdOf(args.params), await args.request.formData());
}

export default function FamilyMove() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <MovePage page={page} answer={answer ?? undefined} />;
}
