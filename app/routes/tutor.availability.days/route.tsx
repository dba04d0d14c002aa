import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { answerOf } from '#app/ui/answer-of.ts';
import { NotATutor } from '../availability-pages/availability-frame.tsx';
import { loadDays, saveDay } from '../availability-pages/days-page.server.ts';
import { DaysPage } from '../availability-pages/days-page.tsx';
import { tutorPage, tutorPageOrNotFound } from '../availability-pages/whose-hours.server.ts';

export const meta: MetaFunction = () => [{ title: 'Single days · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await tutorPage(args);
  return page && loadDays(page, args.request);
}

export async function action(args: ActionFunctionArgs) {
  return saveDay(await tutorPageOrNotFound(args), args.request);
}

export default function TutorDays() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return page ? <DaysPage page={page} {...answerOf(answer)} /> : <NotATutor />;
}
