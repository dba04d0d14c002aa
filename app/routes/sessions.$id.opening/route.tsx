import { Anchor, Group, Loader, Stack, Text } from '@mantine/core';
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
  redirectDocument,
} from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { listInstantProviders } from '#app/domain/instant/instant-provider.server.ts';
import { changeMeetingProvider } from '#app/domain/meetings/change-provider.server.ts';
import { makeRoomNow } from '#app/domain/meetings/make-room-now.server.ts';
import { findMeeting, getJoinSession } from '#app/domain/meetings/queries.server.ts';
import { retryMeeting } from '#app/domain/meetings/retry-meeting.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { DoorFrame } from '../join-pages/door-frame.tsx';
import { textOf } from '../session-pages/act-on-session.server.ts';

/** Between the click of Start and the room, where the provider takes its time: what goes on, and another way. */
export const meta: MetaFunction = () => [{ title: 'Opening the room · Lectern' }, { name: 'robots', content: 'noindex' }];

const REFRESH_SECONDS = 2;

async function hostOf(args: LoaderFunctionArgs | ActionFunctionArgs) {
  const { context, params } = args;
  const signedIn = await authorize(args, 'account.self');
  const session = await found(getJoinSession(context.db, recordIdOf(params)));
  const subject = { type: 'session', tutorId: session.tutorId, clientIds: [], studentIds: [] } as const;
  const user = await authorize(args, 'session.instant', subject, { hide: true });
  // The rooms of sessions that are not about to begin are the office's to see to, on its own pages.
  const opensAt = session.startsAt.getTime() - session.joinWindowMinutes * 60_000;
  if (context.clock().getTime() < opensAt) throw notFound();
  return { user, session, teaches: signedIn.tutorId === session.tutorId };
}

export async function loader(args: LoaderFunctionArgs) {
  const { db } = args.context;
  const { session, teaches } = await hostOf(args);
  const meeting = await findMeeting(db, session.id);
  const back = teaches ? `/tutor/sessions/${session.id}` : `/office/sessions/${session.id}`;
  if (meeting?.state === 'ready') throw redirect(teaches ? `/sessions/${session.id}/join` : back);
  if (!meeting || meeting.state === 'released') throw redirect(back);
  const others = await listInstantProviders(db, args.context);
  const pending = meeting.state === 'pending';
  const page = {
    session: `${session.title} with ${session.tutorName}`,
    provider: meeting.installName,
    pending,
    error: meeting.error,
    wayOut: meeting.wayOut,
    others: others.filter(({ id }) => id !== meeting.installId).map(({ id, name }) => ({ id, name })),
    back,
    support: session.supportContact,
  };
  const headers = new Headers({ 'Cache-Control': 'no-store' });
  // Without a script too; the room's door is opened by the page itself.
  if (pending) headers.set('Refresh', String(REFRESH_SECONDS));
  return data(page, { headers });
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const { user, session, teaches } = await hostOf(args);
  const form = await request.formData();
  const actor = actorOf(user, context);
  const sessionId = session.id;
  const meeting = await findMeeting(context.db, sessionId);
  const back = redirectDocument(`/sessions/${sessionId}/opening`);
  // The room is there, or is needed no more: nothing is changed about it from here.
  if (!meeting || meeting.state === 'ready' || meeting.state === 'released') return back;
  try {
    const installId = textOf(form, 'installId');
    const others = installId ? await listInstantProviders(context.db, context) : [];
    if (installId && !others.some(({ id }) => id === installId)) {
      return data({ message: 'This room can’t be had at once. Choose another.' }, { status: 400 });
    }
    if (installId) await changeMeetingProvider(context.db, context, actor, { sessionId, installId });
    else await retryMeeting(context.db, context, actor, { sessionId });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code !== 'already_done') return data({ message: error.message }, { status: statusOf(error) });
  }
  const state = await makeRoomNow(context, { sessionId });
  return redirectDocument(state === 'ready' && teaches ? `/sessions/${sessionId}/join` : `/sessions/${sessionId}/opening`);
}

export default function OpeningPage() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  return (
    <DoorFrame
      session={page.session}
      title={page.pending ? 'Your room is being opened' : 'The room could not be opened'}
      support={page.support}
    >
      {page.pending ? (
        <Group gap="sm" wrap="nowrap" role="status">
          <Loader size="sm" aria-hidden />
          <Text>{page.error ?? `${page.provider} is making it. This page leads you in as soon as it is there.`}</Text>
        </Group>
      ) : (
        <Text role="alert">{[page.error, page.wayOut].filter(Boolean).join(' ')}</Text>
      )}
      <Text size="sm" c="dimmed">
        The session is saved, and everybody has been told. Their link leads into whichever room it becomes.
      </Text>
      {answer ? <Text c="var(--mantine-color-error)">{answer.message}</Text> : null}
      <Form method="post">
        <Stack gap="xs" align="flex-start">
          {page.pending ? null : <SubmitButton>Try again</SubmitButton>}
          {page.others.map(({ id, name }) => (
            <SubmitButton key={id} name="installId" value={id} variant="default">
              Use {name} instead
            </SubmitButton>
          ))}
        </Stack>
      </Form>
      <Anchor component={Link} to={page.back} size="sm">
        Open the session’s page
      </Anchor>
    </DoorFrame>
  );
}
