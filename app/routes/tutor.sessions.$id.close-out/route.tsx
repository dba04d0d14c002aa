import { Alert, Box } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { PageHeader } from '#app/ui/page-header.tsx';
import { CloseOutForm } from '#app/ui/session-close-out-form.tsx';
import { PresenceSection } from '../join-pages/presence-section.tsx';
import { closeOutPage, submitCloseOutForm } from '../session-pages/close-out-page.server.ts';
import { loadTutorSession } from '../session-pages/load-session.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const loaded = await loadTutorSession(args, 'closeout.submit');
  return { id: loaded.session.id, ...(await closeOutPage({ ...loaded, audience: 'tutor' })) };
}

export async function action(args: ActionFunctionArgs) {
  const loaded = await loadTutorSession(args, 'closeout.submit');
  return submitCloseOutForm(loaded, await args.request.formData(), { audience: 'tutor', next: '/tutor/closeouts?done' });
}

export const meta: MetaFunction = () => [{ title: 'Close out · Lectern' }];

export default function TutorCloseOut() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        back={{ to: `/tutor/sessions/${page.id}`, label: page.title }}
        title={page.form.again ? 'Change your close-out' : 'Close out'}
        description={`${page.title}, ${page.when}`}
      />
      {page.sentBackReason ? (
        <Alert color="yellow" role="note" mb="lg" title="The office sent it back">
          {page.sentBackReason}
        </Alert>
      ) : null}
      {page.presence ? (
        <Box mb="xl">
          <PresenceSection presence={page.presence} />
        </Box>
      ) : null}
      <CloseOutForm
        {...page.form}
        custom={{ fields: page.custom.fields, values: answer?.custom ?? page.custom.initial }}
        values={answer?.values ?? page.values}
        problem={answer?.problem}
        office={false}
      />
    </>
  );
}
