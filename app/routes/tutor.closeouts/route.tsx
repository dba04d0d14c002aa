import { Alert } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { listToCloseOut } from '#app/domain/closeout/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import { ToCloseOutCards } from '../session-pages/to-close-out-cards.tsx';
import { viewToCloseOut } from '../session-pages/view-to-close-out.ts';

const HELP = {
  text: 'Sessions that are over. Took it place as planned, one tap is enough; your pay and the family’s invoice follow from it.',
  about: 'tutor/close-outs',
} as const;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const user = await authorize({ request, context }, 'tutor.enter');
  const { organisation, reader } = await readerFor(user, context);
  const waiting = user.tutorId ? await listToCloseOut(context.db, { tutorId: user.tutorId, now: reader.now }) : [];
  const options = { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' };
  return { done: new URL(request.url).searchParams.has('done'), rows: viewToCloseOut(waiting, options) };
}

export const meta: MetaFunction = () => [{ title: 'Close out · Lectern' }];

export default function TutorCloseOuts() {
  const { rows, done } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="To close out"
        description="Sessions that are over and wait for your word on what took place. Until then they are not in your pay, and not billed."
      />
      {done ? <Alert color="green" mb="md" role="status" title="Closed out. Thank you." /> : null}
      {rows.length === 0 ? (
        <EmptyState
          title="All closed out"
          text="When a session of yours is over it appears here."
          action={{ to: '/tutor', label: 'See what is next' }}
        />
      ) : (
        <ToCloseOutCards rows={rows} />
      )}
    </>
  );
}
