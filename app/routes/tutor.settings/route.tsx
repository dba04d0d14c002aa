import { Alert, Anchor, List, Stack } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf, authorize, forbidden } from '#app/auth/authorize.server.ts';
import { beginConnecting } from '#app/domain/connections/begin-connecting.server.ts';
import { disconnectAccount } from '#app/domain/connections/disconnect-account.server.ts';
import { listTutorProviders } from '#app/domain/connections/queries.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { listFeeds } from '#app/domain/feeds/queries.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { GoElsewhere } from '#app/ui/go-elsewhere.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { OnYourPhone } from './on-your-phone.tsx';
import { OwnCalendar } from './own-calendar.tsx';
import { ProviderCard } from './provider-card.tsx';

const HELP = {
  text: 'Your accounts at meeting providers, your sessions in your own calendar, and Lectern on your phone.',
  about: 'tutor/phone',
} as const;

export const meta: MetaFunction = () => [{ title: 'Settings · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { tutorId, id } = await authorize(args, 'tutor.enter');
  const { searchParams } = new URL(args.request.url);
  const providers = tutorId ? await listTutorProviders(args.context.db, args.context, tutorId) : [];
  const connected = searchParams.get('connected');
  return {
    providers,
    calendars: (await listFeeds(args.context.db, id)).length,
    connected:
      providers.find((provider) => provider.installId === connected && provider.connection?.state === 'connected') ?? null,
    disconnected: searchParams.has('disconnected'),
  };
}

interface Answer {
  message?: string;
  goTo?: { url: string; name: string };
}

const asked = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('connect'), install: z.uuid(), name: z.string().max(200) }),
  z.object({ intent: z.literal('disconnect'), connection: z.uuid() }),
]);

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const { tutorId } = await authorize(args, 'tutor.enter');
  if (!tutorId) throw forbidden();
  const form = asked.safeParse(Object.fromEntries(await request.formData()));
  if (!form.success) return data<Answer>({ message: 'Use one of the buttons of the page.' }, { status: 400 });
  const own = { type: 'tutor', tutorId } as const;
  try {
    if (form.data.intent === 'disconnect') {
      const user = await authorize(args, 'provider.disconnect', own);
      await disconnectAccount(context.db, context, actorOf(user, context), { connectionId: form.data.connection, tutorId });
      return redirect('/tutor/settings?disconnected');
    }
    const { signInSessionId } = await authorize(args, 'provider.connect', own);
    const url = await beginConnecting(context.db, context, { installId: form.data.install, tutorId, signInSessionId });
    return data<Answer>({ goTo: { url: url.href, name: form.data.name } });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data<Answer>({ message: error.message }, { status: statusOf(error) });
  }
}

export default function TutorSettings() {
  const { providers, calendars, connected, disconnected } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        help={HELP}
        title="Settings"
        description="Your accounts at meeting providers, your calendar and your sign-in."
      />
      <ToldAlert told={answer?.message === undefined ? undefined : { message: answer.message }} />
      {answer?.goTo ? <GoElsewhere url={answer.goTo.url} label={`Go on to ${answer.goTo.name}`} /> : null}
      {connected && !answer ? (
        <Alert color="green" variant="light" role="status" mb="md">
          {connected.name} is connected as {connected.connection?.accountLabel}. Sessions can meet there from now on.
        </Alert>
      ) : null}
      {disconnected && !answer ? (
        <Alert color="green" variant="light" role="status" mb="md">
          The account is not connected any more.
        </Alert>
      ) : null}
      <Stack gap="lg" maw={720}>
        {providers.length === 0 ? (
          <EmptyState
            title="Nothing to connect"
            text="Your online sessions need no account of yours. Where the office uses a provider on which you are the host yourself, you connect your account here."
            action={{ to: '/tutor', label: 'Go to your sessions' }}
          />
        ) : (
          providers.map((provider) => <ProviderCard key={provider.installId} provider={provider} />)
        )}
        <OwnCalendar inUse={calendars} />
        <OnYourPhone />
        <Panel title="Also yours">
          <List size="sm" spacing="xs">
            <List.Item>
              <Anchor component={Link} to="/ready">
                Check camera, microphone and connection
              </Anchor>
            </List.Item>
            <List.Item>
              <Anchor component={Link} to="/account">
                Name, password and time zone
              </Anchor>
            </List.Item>
          </List>
        </Panel>
      </Stack>
    </>
  );
}
