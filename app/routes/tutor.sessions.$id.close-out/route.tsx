import { Alert } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { PageHeader } from '#app/ui/page-header.tsx';
import { PresenceSection } from '../join-pages/presence-section.tsx';
import { actOnFiles } from '../session-pages/act-on-files.server.ts';
import { CloseOutBody } from '../session-pages/close-out-body.tsx';
import { closeOutPage } from '../session-pages/close-out-page.server.ts';
import { filesOfSession } from '../session-pages/files-of-session.server.ts';
import { loadTutorSession } from '../session-pages/load-session.server.ts';
import { SessionFiles } from '../session-pages/session-files.tsx';
import { submitCloseOutForm } from '../session-pages/take-close-out.server.ts';

const DONE = '/tutor/closeouts?done';

export async function loader(args: LoaderFunctionArgs) {
  const loaded = await loadTutorSession(args, 'closeout.submit');
  const files = await filesOfSession(loaded.context.db, loaded.session);
  return { ...(await closeOutPage(loaded, args.request, { audience: 'tutor' })), files };
}

export async function action(args: ActionFunctionArgs) {
  const loaded = await loadTutorSession(args, 'closeout.submit');
  const page = `/tutor/sessions/${loaded.session.id}/close-out`;
  const form = await args.request.formData();
  return (
    actOnFiles({ ...loaded, sessionId: loaded.session.id, page }, form) ??
    submitCloseOutForm(loaded, form, { audience: 'tutor', next: DONE, page })
  );
}

export const meta: MetaFunction = () => [{ title: 'Close out · Lectern' }];

export default function TutorCloseOut() {
  const page = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const answer = sent && 'custom' in sent ? sent : undefined;
  return (
    <>
      <PageHeader
        back={{ to: `/tutor/sessions/${page.sessionId}`, label: page.title }}
        title={page.form.again ? 'Change your close-out' : 'Close out'}
        description={`${page.title}, ${page.when}`}
      />
      {page.sentBackReason ? (
        <Alert color="yellow" role="note" mb="lg" title="The office sent it back">
          {page.sentBackReason}
        </Alert>
      ) : null}
      <CloseOutBody
        key={page.sessionId}
        userId={page.userId}
        sessionId={page.sessionId}
        title={`${page.title}, ${page.when}`}
        draft={page.draft}
        takenKey={page.takenKey}
        next={DONE}
        form={{
          ...page.form,
          evidence: <PresenceSection presence={page.presence} />,
          custom: { fields: page.custom.fields, values: answer?.custom ?? page.custom.initial },
          values: answer?.values ?? page.values,
          problem: answer?.problem,
          office: false,
        }}
      >
        <SessionFiles files={page.files} answer={sent && 'intent' in sent ? sent : undefined} />
      </CloseOutBody>
    </>
  );
}
