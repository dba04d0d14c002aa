import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { NamedListPage } from '../named-lists/named-list-page.tsx';
import { actOnList, loadList } from '../named-lists/named-page.server.ts';

export const meta: MetaFunction = () => [{ title: 'Tags · Lectern' }];

const PATH = '/office/settings/tags';

export const loader = (args: LoaderFunctionArgs) => loadList(args, 'tag');

export const action = (args: ActionFunctionArgs) => actOnList(args, 'tag', PATH);

export default function Tags() {
  const { active, archived } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <NamedListPage
      title="Tags"
      description="Words of your own for people and requests, to find them again. A new one is made where it is given; here they are renamed and archived."
      word="tag"
      path={PATH}
      empty="No tags yet. Give one to a tutor, a client, a student or a request, or add it here: “Exam coach”, “Sibling”, “Patient with beginners”."
      ordered={false}
      active={active}
      archived={archived}
      answered={answered}
    />
  );
}
