import { randomUUID } from 'node:crypto';
import { Alert, Anchor, Button, Checkbox, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { z } from 'zod';
import { API_SCOPES, SCOPE_MEANINGS } from '#app/auth/api-scopes.ts';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { apiKeySchema } from '#app/domain/api/api-key.schema.ts';
import { listApiKeys } from '#app/domain/api/api-key-queries.server.ts';
import { createApiKey } from '#app/domain/api/create-api-key.server.ts';
import { revokeApiKey } from '#app/domain/api/revoke-api-key.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { addDays, startOfDay } from '#app/domain/scheduling/wall-time.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { type KeyLine, KeyList } from './key-list.tsx';
import { NewKey } from './new-key.tsx';

type Answer = FormAnswer & { made?: { key: string; name: string } };

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'api.manage');
  const { db, clock, config } = args.context;
  const now = clock();
  const keys = await listApiKeys(db);
  return {
    formId: randomUUID(),
    origin: config.origin,
    scopes: API_SCOPES.map((scope) => ({ scope, meaning: SCOPE_MEANINGS[scope] })),
    ended: new URL(args.request.url).searchParams.has('ended'),
    keys: keys.map(
      (key): KeyLine => ({
        ...key,
        state: key.revokedAt ? 'revoked' : key.expiresAt && key.expiresAt <= now ? 'expired' : 'holds',
      }),
    ),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { context, request } = args;
  const user = await authorize(args, 'api.manage');
  const actor = actorOf(user, context);
  const form = await request.formData();
  if (form.get('intent') === 'revoke') {
    const id = z.uuid().safeParse(form.get('key'));
    if (id.success) await revokeApiKey(context.db, context, actor, { keyId: id.data });
    throw redirect('/office/settings/api-keys?ended');
  }
  const read = readForm(apiKeySchema, form, ['scopes']);
  if (!read.ok) return data<Answer>(read, { status: 400 });
  const { lastDay, ...input } = read.value;
  const { timezone } = await getOrganisation(context.db);
  const expiresAt = lastDay === '' ? null : startOfDay(addDays(lastDay, 1), timezone);
  const values = { name: input.name, scopes: input.scopes.join(','), lastDay };
  if (expiresAt && expiresAt <= context.clock())
    return data<Answer>({ errors: { lastDay: 'This day is over' }, values }, { status: 400 });
  try {
    const { key } = await createApiKey(context.db, context, actor, { ...input, expiresAt });
    return data<Answer>({ errors: {}, values: {}, made: { key, name: input.name } });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data<Answer>({ errors: { [error.field ?? 'name']: error.message }, values }, { status: statusOf(error) });
  }
}

export const meta: MetaFunction = () => [{ title: 'API keys · Lectern' }];

export default function ApiKeys() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Stack gap="lg" maw={900}>
      <PageHeader
        title="API keys"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="A key lets a program, such as your website, read the schedule and book in your name. It can do what you tick and nothing else."
        actions={
          <Button component={Link} to="/api/v1/docs" variant="default" reloadDocument>
            What the API can do
          </Button>
        }
      />
      {page.ended && !answer ? <Alert role="status">Taken back. Whatever used it is refused from now on.</Alert> : null}
      {answer?.made ? (
        <NewKey key={answer.made.key} keyText={answer.made.key} name={answer.made.name} origin={page.origin} />
      ) : null}
      <KeyList keys={page.keys} />
      <MakeKey answer={answer} />
    </Stack>
  );
}

function MakeKey({ answer }: { answer: Answer | undefined }) {
  const { formId, scopes } = useLoaderData<typeof loader>();
  const form = useFocusFirstError(answer);
  const ticked = (answer?.values.scopes ?? '').split(',');
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="new-key">
      <Title order={2} id="new-key" mb="sm">
        New key
      </Title>
      <Form method="post" ref={form} noValidate key={formId}>
        <input type="hidden" name="id" value={formId} />
        <Stack gap="md" align="flex-start">
          <TextInput
            label="Name"
            description="What will use it, such as “Website”: the log of changes names it."
            name="name"
            required
            maxLength={80}
            autoComplete="off"
            w="100%"
            maw={420}
            defaultValue={answer?.values.name}
            error={answer?.errors.name}
          />
          <Checkbox.Group label="What it may do" error={answer?.errors.scopes} defaultValue={ticked}>
            <Stack gap={8} mt={6}>
              {scopes.map(({ scope, meaning }) => (
                <Checkbox key={scope} name="scopes" value={scope} label={meaning} description={scope} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            type="date"
            label="Last day"
            description="Empty: it holds until it is taken back."
            name="lastDay"
            maw={220}
            defaultValue={answer?.values.lastDay}
            error={answer?.errors.lastDay}
          />
          <Group>
            <SubmitButton>Make a key</SubmitButton>
            <Text size="sm" c="dimmed">
              How to call it stands on{' '}
              <Anchor href="/api/v1/docs" size="sm" underline="always">
                the API’s page
              </Anchor>
              .
            </Text>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
