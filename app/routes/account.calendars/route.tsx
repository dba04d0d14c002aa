import { randomUUID } from 'node:crypto';
import { Alert, Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { createFeed } from '#app/domain/feeds/create-feed.server.ts';
import { FEED_NAMES, FEED_SCOPES, mayFeed } from '#app/domain/feeds/feed-scope.ts';
import { listFeeds } from '#app/domain/feeds/queries.server.ts';
import { revokeFeed } from '#app/domain/feeds/revoke-feed.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { NewAddress } from './new-address.tsx';

const making = z.object({
  id: z.uuid(),
  scope: z.enum(FEED_SCOPES, 'Choose whose sessions'),
  name: z.string().trim().max(60, 'At most 60 characters'),
});

const WHOSE = { tutor: 'The sessions you teach', family: 'Your family’s sessions', office: 'All sessions of the company' };

type Answer = FormAnswer & { made?: { address: string; name: string } };

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const feeds = await listFeeds(args.context.db, user.id);
  return {
    formId: randomUUID(),
    scopes: FEED_SCOPES.filter((scope) => mayFeed(user, scope)).map((scope) => ({ value: scope, label: WHOSE[scope] })),
    ended: new URL(args.request.url).searchParams.has('ended'),
    feeds: feeds.map((feed) => ({
      ...feed,
      what: FEED_NAMES[feed.scope as keyof typeof FEED_NAMES] ?? feed.scope,
      dead: !mayFeed(user, feed.scope),
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'account.self');
  const actor = actorOf(user, context);
  const form = await request.formData();
  if (form.get('intent') === 'revoke') {
    const id = z.uuid().safeParse(form.get('feed'));
    if (id.success) await revokeFeed(context.db, context, actor, { userId: user.id, feedId: id.data });
    throw redirect('/account/calendars?ended');
  }
  const read = readForm(making, form);
  if (!read.ok) return data<Answer>(read, { status: 400 });
  try {
    const { token } = await createFeed(context.db, context, actor, user, read.value);
    const address = `${context.config.origin}/calendar/${token}.ics`;
    return data<Answer>({ errors: {}, values: {}, made: { address, name: read.value.name || FEED_NAMES[read.value.scope] } });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const told = error.field ? { errors: { [error.field]: error.message } } : { errors: {}, message: error.message };
    return data<Answer>({ values: { name: read.value.name, scope: read.value.scope }, ...told }, { status: statusOf(error) });
  }
}

export default function Calendars() {
  const { feeds, ended } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Stack gap="md">
      {ended && !answer ? <Alert role="status">Taken back. Calendars that read it get nothing from now on.</Alert> : null}
      <Text size="sm" c="dimmed">
        Your phone’s or computer’s calendar can show your sessions and keep them right by itself. It reads them from an address
        that is yours alone: whoever has it can read them, so give it to nobody, and take it back here when a device is lost.
      </Text>
      {answer?.made ? <NewAddress key={answer.made.address} {...answer.made} /> : null}
      <MakeAddress answer={answer} />
      {feeds.length > 0 ? (
        <section aria-labelledby="addresses">
          <Title order={2} id="addresses" mb="sm">
            Addresses in use
          </Title>
          <Stack gap="xs" component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
            {feeds.map((feed) => (
              <Paper key={feed.id} withBorder p="md" component="li">
                <Group justify="space-between" align="flex-start">
                  <div>
                    <Title order={3}>{feed.name}</Title>
                    <Text size="sm" c="dimmed">
                      {feed.name === feed.what ? '' : `${feed.what}. `}Made <DateTime value={feed.createdAt} show="date" plain />.{' '}
                      {feed.lastReadAt ? (
                        <>
                          Last read <DateTime value={feed.lastReadAt} plain />.
                        </>
                      ) : (
                        'Not read yet.'
                      )}
                    </Text>
                    {feed.dead ? <Text size="sm">Gives nothing any more: your role does not include these sessions.</Text> : null}
                  </div>
                  <Form method="post">
                    <input type="hidden" name="intent" value="revoke" />
                    <input type="hidden" name="feed" value={feed.id} />
                    <Button type="submit" size="xs" variant="default" aria-label={`Take back ${feed.name}`}>
                      Take back
                    </Button>
                  </Form>
                </Group>
              </Paper>
            ))}
          </Stack>
        </section>
      ) : null}
    </Stack>
  );
}

function MakeAddress({ answer }: { answer: Answer | undefined }) {
  const { scopes, formId } = useLoaderData<typeof loader>();
  const form = useFocusFirstError(answer);
  const [only] = scopes;
  if (!only) return <Text size="sm">There is nothing yet that a calendar of yours could show.</Text>;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="new-address">
      <Title order={2} id="new-address" mb="sm">
        New address
      </Title>
      <Form method="post" ref={form} noValidate key={formId}>
        <input type="hidden" name="id" value={formId} />
        <Stack gap="md">
          {answer?.message ? (
            <Alert color="red" role="alert">
              {answer.message}
            </Alert>
          ) : null}
          {scopes.length > 1 ? (
            <NativeSelect
              label="What it shows"
              name="scope"
              data={scopes}
              defaultValue={answer?.values.scope}
              error={answer?.errors.scope}
            />
          ) : (
            <input type="hidden" name="scope" value={only.value} />
          )}
          <TextInput
            label="Name"
            description="So that you know it again, such as “My phone”. May be left empty."
            name="name"
            maxLength={60}
            autoComplete="off"
            defaultValue={answer?.values.name}
            error={answer?.errors.name}
          />
          <SubmitButton style={{ alignSelf: 'flex-start' }}>Make an address</SubmitButton>
        </Stack>
      </Form>
    </Paper>
  );
}
