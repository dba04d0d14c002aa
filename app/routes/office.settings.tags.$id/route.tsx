import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { loadNamed, renameAction } from '../named-lists/named-page.server.ts';
import { NamedRecordPage } from '../named-lists/named-record-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.record.name ?? 'Tags'} · Lectern` }];

const PATH = '/office/settings/tags';

export const loader = (args: LoaderFunctionArgs) => loadNamed(args, 'tag');

export const action = (args: ActionFunctionArgs) => renameAction(args, 'tag', PATH);

export default function TagPage() {
  const { record, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <NamedRecordPage
      list={{ title: 'Tags', path: PATH }}
      record={record}
      history={history}
      tutorsAt={`/office/tutors?tag=${record.id}`}
      answer={answer}
    />
  );
}
