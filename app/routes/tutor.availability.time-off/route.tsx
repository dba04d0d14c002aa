import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerOf } from '#app/ui/answer-of.ts';
import { NotATutor } from '../availability-pages/availability-frame.tsx';
import { loadTimeOff, saveTimeOff } from '../availability-pages/time-off-page.server.ts';
import { TimeOffPage } from '../availability-pages/time-off-page.tsx';
import { tutorPage, tutorPageOrNotFound } from '../availability-pages/whose-hours.server.ts';

export const meta: MetaFunction = () => [{ title: 'Time off · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await tutorPage(args);
  return page && loadTimeOff(page, args.request);
}

export async function action(args: ActionFunctionArgs) {
  return saveTimeOff(await tutorPageOrNotFound(args), args.request);
}

export default function TutorTimeOff() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return page ? <TimeOffPage page={page} {...answerOf(answer)} /> : <NotATutor />;
}
