import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { loadNamed, renameAction } from '../named-lists/named-page.server.ts';
import { NamedRecordPage } from '../named-lists/named-record-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.record.name ?? 'Levels'} · Lectern` }];

const PATH = '/office/settings/levels';

export const loader = (args: LoaderFunctionArgs) => loadNamed(args, 'level');

export const action = (args: ActionFunctionArgs) => renameAction(args, 'level', PATH);

export default function LevelPage() {
  const { record, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <NamedRecordPage
      list={{ title: 'Levels', path: PATH }}
      record={record}
      history={history}
      tutorsAt={`/office/tutors?level=${record.id}`}
      answer={answer}
    />
  );
}
