import { Alert, Stack } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { can } from '#app/auth/can.ts';
import { disconnectAccount } from '#app/domain/connections/disconnect-account.server.ts';
import { listTutorProviders } from '#app/domain/connections/queries.server.ts';
import { getTutor } from '#app/domain/people/queries.server.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { AccountFacts } from '../connection-pages/account-facts.tsx';
import { connectionWords, disconnectText } from '../connection-pages/connection-words.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Accounts of ${data?.tutor.name ?? 'a tutor'} · Lectern` },
];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'people.read');
  const id = recordIdOf(args.params);
  const { name, firstName } = await found(getTutor(args.context.db, id));
  return {
    tutor: { id, name, firstName },
    providers: await listTutorProviders(args.context.db, args.context, id),
    mayDisconnect: can(user, 'provider.disconnect', { type: 'tutor', tutorId: id }),
    disconnected: new URL(args.request.url).searchParams.has('disconnected'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request, params } = args;
  const tutorId = recordIdOf(params);
  await authorize(args, 'people.read');
  const user = await authorize(args, 'provider.disconnect', { type: 'tutor', tutorId });
  const connectionId = z.uuid().safeParse((await request.formData()).get('connection'));
  if (!connectionId.success) throw new Response('Nothing to do.', { status: 400 });
  try {
    await disconnectAccount(context.db, context, actorOf(user, context), { connectionId: connectionId.data, tutorId });
  } catch (error) {
    return refusedAction(error);
  }
  throw redirect(`/office/tutors/${tutorId}/accounts?disconnected`);
}

export default function TutorAccounts() {
  const { tutor, providers, mayDisconnect, disconnected } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        back={{ to: `/office/tutors/${tutor.id}`, label: tutor.name }}
        title="Meeting accounts"
        description={`Which accounts ${tutor.name} has connected at meeting providers. Only ${tutor.firstName} can connect one, at /tutor/settings.`}
      />
      <ToldAlert told={told ?? undefined} />
      {disconnected && !told ? (
        <Alert color="green" variant="light" role="status" mb="md">
          The account is not connected any more.
        </Alert>
      ) : null}
      {providers.length === 0 ? (
        <EmptyState
          title="No provider asks for an account"
          text="Where a meeting provider runs on the tutor’s own account, you see here whether it is connected and still good."
          action={mayDisconnect ? { to: '/office/settings/plugins', label: 'Look at the providers' } : undefined}
        />
      ) : (
        <Stack gap="lg" maw={720}>
          {providers.map((provider) => (
            <Panel
              key={provider.installId}
              title={provider.name}
              aside={<StatusBadge {...connectionWords[provider.connection?.state ?? 'disconnected']} />}
            >
              <AccountFacts
                provider={provider}
                none={
                  provider.needed
                    ? `Sessions that meet at ${provider.name} can’t be booked with ${tutor.firstName} before an account is connected.`
                    : `Sessions at ${provider.name} run on the company’s account.`
                }
              />
              {provider.connection && mayDisconnect ? (
                <ConfirmButton
                  align="start"
                  dangerous
                  label="Disconnect"
                  confirm={`Disconnect ${provider.name}`}
                  consequence={disconnectText(provider.connection)}
                  fields={{ connection: provider.connection.id }}
                />
              ) : null}
            </Panel>
          ))}
        </Stack>
      )}
    </>
  );
}
