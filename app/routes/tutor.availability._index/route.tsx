import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { NotATutor } from '../availability-pages/availability-frame.tsx';
import { loadWeek, saveWeek } from '../availability-pages/week-page.server.ts';
import { WeekPage } from '../availability-pages/week-page.tsx';
import { tutorPage, tutorPageOrNotFound } from '../availability-pages/whose-hours.server.ts';

export const meta: MetaFunction = () => [{ title: 'When you can teach · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const page = await tutorPage(args);
  return page && loadWeek(page, args.request);
}

export async function action(args: ActionFunctionArgs) {
  return saveWeek(await tutorPageOrNotFound(args), args.request);
}

export default function TutorAvailability() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return page ? <WeekPage page={page} answer={answer} /> : <NotATutor />;
}
