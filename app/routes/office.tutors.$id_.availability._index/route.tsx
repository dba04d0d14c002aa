import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { loadWeek, saveWeek } from '../availability-pages/week-page.server.ts';
import { WeekPage } from '../availability-pages/week-page.tsx';
import { officePage } from '../availability-pages/whose-hours.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Hours of ${data?.tutor.name ?? 'a tutor'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  return loadWeek(await officePage(args), args.request);
}

export async function action(args: ActionFunctionArgs) {
  return saveWeek(await officePage(args), args.request);
}

export default function OfficeTutorAvailability() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <WeekPage page={page} answer={answer} />;
}
