import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { loadNamed, renameAction } from '../named-lists/named-page.server.ts';
import { NamedRecordPage } from '../named-lists/named-record-page.tsx';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.record.name ?? 'Pay groups'} · Lectern` }];

const PATH = '/office/settings/pay-groups';

export const loader = (args: LoaderFunctionArgs) => loadNamed(args, 'payGroup');

export const action = (args: ActionFunctionArgs) => renameAction(args, 'payGroup', PATH);

export default function PayGroupPage() {
  const { record, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <NamedRecordPage
      list={{ title: 'Pay groups', path: PATH }}
      record={record}
      history={history}
      tutorsAt={`/office/tutors?payGroup=${record.id}`}
      answer={answer}
    />
  );
}
