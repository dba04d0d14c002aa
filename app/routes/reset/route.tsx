import { Alert, Anchor, Button, Group, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type MetaFunction } from '@remix-run/node';
import { Form, Link, useActionData, useNavigation } from '@remix-run/react';
import { z } from 'zod';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { inTheSameTime } from '#app/auth/same-time.server.ts';
import { requestPasswordReset } from '#app/domain/people/request-password-reset.server.ts';
import { emailField } from '#app/domain/people/user.schema.ts';
import { Entrance } from '#app/ui/entrance.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';

export const meta: MetaFunction = () => [{ title: 'A new password · Lectern' }];

type Answer = FormAnswer & { sentTo?: string };

const schema = z.object({ email: emailField });

export async function action({ request, context }: ActionFunctionArgs) {
  const read = readForm(schema, await request.formData());
  if (!read.ok) return data<Answer>(read, { status: 400 });
  const { email } = read.value;
  const wait = await countTry(context.db, [
    { limit: 'resetAccount', of: email },
    { limit: 'resetAddress', of: networkOf(context.clientIp) },
  ]);
  if (wait !== undefined) {
    const answer: Answer = { errors: {}, values: { email }, message: waitMessage(wait) };
    return data(answer, { status: 429, headers: { 'Retry-After': String(wait) } });
  }
  await inTheSameTime(() => requestPasswordReset(context.db, context, { email }));
  return data<Answer>({ errors: {}, values: {}, sentTo: email });
}

export default function Reset() {
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().state !== 'idle';
  if (answer?.sentTo !== undefined) {
    return (
      <Entrance title="Look into your mail">
        <Alert variant="light" role="status">
          If {answer.sentTo} has an account here, a link to choose a new password is on its way. It works once, for an hour.
        </Alert>
        <Anchor component={Link} to="/login" size="sm">
          Back to signing in
        </Anchor>
      </Entrance>
    );
  }
  return (
    <Entrance
      title="Choose a new password"
      intro="Tell us your address; we send you a link that works once."
      message={answer?.message}
    >
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          <TextInput
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            required
            defaultValue={answer?.values.email ?? ''}
            error={answer?.errors.email}
          />
          <Group justify="space-between">
            <Anchor component={Link} to="/login" size="sm">
              Back to signing in
            </Anchor>
            <Button type="submit" loading={busy}>
              Send the link
            </Button>
          </Group>
        </Stack>
      </Form>
    </Entrance>
  );
}
