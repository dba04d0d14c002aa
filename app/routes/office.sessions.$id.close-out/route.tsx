import { Box } from '@mantine/core';
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { officeAudience } from '#app/domain/fields/audience.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { PresenceSection } from '../join-pages/presence-section.tsx';
import { wayBack } from '../money-pages/way-back.ts';
import { actOnFiles } from '../session-pages/act-on-files.server.ts';
import { CloseOutBody } from '../session-pages/close-out-body.tsx';
import { closeOutPage } from '../session-pages/close-out-page.server.ts';
import { filesOfSession } from '../session-pages/files-of-session.server.ts';
import { loadOfficeSession } from '../session-pages/load-session.server.ts';
import { SessionFiles } from '../session-pages/session-files.tsx';
import { submitCloseOutForm } from '../session-pages/take-close-out.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const loaded = await loadOfficeSession(args, 'closeout.submit');
  const page = await closeOutPage(loaded, args.request, { audience: officeAudience(loaded.user) });
  return {
    tutor: loaded.session.tutor.name,
    back: wayBack(args.request, { to: `/office/sessions/${loaded.session.id}`, label: page.title }),
    ...page,
    files: await filesOfSession(loaded.context.db, loaded.session),
  };
}

export async function action(args: ActionFunctionArgs) {
  await authorize(args, 'office.enter');
  const loaded = await loadOfficeSession(args, 'closeout.submit');
  const page = new URL(args.request.url).pathname;
  const form = await args.request.formData();
  return (
    actOnFiles({ ...loaded, sessionId: loaded.session.id, page }, form) ??
    submitCloseOutForm(loaded, form, {
      audience: officeAudience(loaded.user),
      next: wayBack(args.request, { to: `/office/sessions/${loaded.session.id}#close-out`, label: '' }).to,
      page,
    })
  );
}

export const meta: MetaFunction = () => [{ title: 'Close out · Lectern' }];

export default function OfficeCloseOut() {
  const page = useLoaderData<typeof loader>();
  const sent = useActionData<typeof action>();
  const answer = sent && 'custom' in sent ? sent : undefined;
  return (
    <Box maw={720}>
      <PageHeader
        back={page.back}
        title={page.form.again ? 'Correct the close-out' : 'Close out'}
        description={`${page.when}. On behalf of ${page.tutor}.`}
      />
      <CloseOutBody
        key={page.sessionId}
        userId={page.userId}
        sessionId={page.sessionId}
        title={`${page.title}, ${page.when}`}
        draft={page.draft}
        takenKey={page.takenKey}
        form={{
          ...page.form,
          evidence: <PresenceSection presence={page.presence} />,
          custom: { fields: page.custom.fields, values: answer?.custom ?? page.custom.initial },
          values: answer?.values ?? page.values,
          problem: answer?.problem,
          office: true,
        }}
      >
        <SessionFiles files={page.files} answer={sent && 'intent' in sent ? sent : undefined} />
      </CloseOutBody>
    </Box>
  );
}
