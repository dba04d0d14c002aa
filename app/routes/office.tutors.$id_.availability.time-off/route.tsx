import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerOf } from '#app/ui/answer-of.ts';
import { loadTimeOff, saveTimeOff } from '../availability-pages/time-off-page.server.ts';
import { TimeOffPage } from '../availability-pages/time-off-page.tsx';
import { officePage } from '../availability-pages/whose-hours.server.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Time off: ${data?.tutor.name ?? 'tutor'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  return loadTimeOff(await officePage(args), args.request);
}

export async function action(args: ActionFunctionArgs) {
  return saveTimeOff(await officePage(args), args.request);
}

export default function OfficeTutorTimeOff() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <TimeOffPage page={page} {...answerOf(answer)} />;
}
