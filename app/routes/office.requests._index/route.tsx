import { Button } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { moveAction } from '../request-pages/move-action.server.ts';
import { Board } from './board.tsx';
import { FilterBar } from './filter-bar.tsx';
import { loadPipeline } from './load-pipeline.server.ts';
import { RequestList } from './request-list.tsx';

const HELP = {
  text: 'Enquiries, by how far they are. Open one to see which tutors fit it and why, to offer it to one, or to engage them at once.',
  about: 'office/matching',
} as const;

export const meta: MetaFunction = () => [{ title: 'Requests · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  return loadPipeline(args.request, args.context, user);
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'request.manage');
  return moveAction(await args.request.formData(), args.context, user);
}

export default function Requests() {
  const page = useLoaderData<typeof loader>();
  const add = { to: '/office/requests/new', label: 'New request' };
  return (
    <>
      <PageHeader
        help={HELP}
        title="Requests"
        description="Families who ask for lessons, from their first word to a tutor."
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      {page.total === 0 ? (
        <EmptyState
          title="No requests yet"
          text="A request says which student needs which subject, how often and when. It goes from stage to stage until a tutor is engaged."
          action={add}
        />
      ) : (
        <>
          <FilterBar page={page} />
          {page.view === 'board' ? <Board page={page} /> : <RequestList page={page} />}
        </>
      )}
    </>
  );
}
