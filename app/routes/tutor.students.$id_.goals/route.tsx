import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { PageHeader } from '#app/ui/page-header.tsx';
import { actOnGoals, loadGoalsPage } from '../goal-pages/goals-page.server.ts';
import { GoalsPage } from '../goal-pages/goals-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Goals of ${data?.name ?? 'a student'} · Lectern` }];

export const loader = (args: LoaderFunctionArgs) => loadGoalsPage(args, 'tutor');

export const action = (args: ActionFunctionArgs) => actOnGoals(args, 'tutor');

export default function StudentGoals() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Goals"
        back={{ to: `/tutor/students/${page.studentId}`, label: page.name }}
        description="What the student works towards. How far it is, the tutor says at each close-out."
      />
      <GoalsPage {...page} answer={answer} />
    </>
  );
}
