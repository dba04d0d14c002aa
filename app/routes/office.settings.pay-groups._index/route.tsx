import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { NamedListPage } from '../named-lists/named-list-page.tsx';
import { actOnList, loadList } from '../named-lists/named-page.server.ts';

export const meta: MetaFunction = () => [{ title: 'Pay groups · Lectern' }];

const PATH = '/office/settings/pay-groups';

export const loader = (args: LoaderFunctionArgs) => loadList(args, 'payGroup');

export const action = (args: ActionFunctionArgs) => actOnList(args, 'payGroup', PATH);

export default function PayGroups() {
  const { active, archived } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <NamedListPage
      title="Pay groups"
      description="Tutors who are paid by one calendar, such as weekly and monthly."
      word="pay group"
      path={PATH}
      empty="No pay groups yet: everybody is paid in one go. Add one where some are paid on other days."
      ordered={false}
      active={active}
      archived={archived}
      answered={answered}
    />
  );
}
