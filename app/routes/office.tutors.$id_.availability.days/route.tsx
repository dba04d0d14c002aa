import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerOf } from '#app/ui/answer-of.ts';
import { loadDays, saveDay } from '../availability-pages/days-page.server.ts';
import { DaysPage } from '../availability-pages/days-page.tsx';
import { officePage } from '../availability-pages/whose-hours.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Single days: ${data?.tutor.name ?? 'tutor'} · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  return loadDays(await officePage(args), args.request);
}

export async function action(args: ActionFunctionArgs) {
  return saveDay(await officePage(args), args.request);
}

export default function OfficeTutorDays() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <DaysPage page={page} {...answerOf(answer)} />;
}
