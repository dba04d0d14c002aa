import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { NamedListPage } from '../named-lists/named-list-page.tsx';
import { actOnList, loadList } from '../named-lists/named-page.server.ts';

export const meta: MetaFunction = () => [{ title: 'Levels · Lectern' }];

const PATH = '/office/settings/levels';

export const loader = (args: LoaderFunctionArgs) => loadList(args, 'level');

export const action = (args: ActionFunctionArgs) => actOnList(args, 'level', PATH);

export default function Levels() {
  const { active, archived } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <NamedListPage
      title="Levels"
      description="How far a subject goes, the easiest first. Tutors teach a subject at some of them, requests ask for one."
      word="level"
      path={PATH}
      empty="No levels yet, so everybody who teaches a subject is taken to teach all of it. Add them from the easiest on: “Primary”, “Middle school”, “High school”."
      ordered={true}
      active={active}
      archived={archived}
      answered={answered}
    />
  );
}
