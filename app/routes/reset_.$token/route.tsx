import { Button, Stack } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { resetPassword } from '#app/domain/people/reset-password.server.ts';
import { newPasswordInput } from '#app/domain/people/user.schema.ts';
import { findLinkOwner } from '#app/domain/people/user-token.server.ts';
import { Entrance } from '#app/ui/entrance.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';
import { LinkIsOver } from '#app/ui/link-is-over.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';

export const meta: MetaFunction = () => [{ title: 'A new password · Lectern' }, { name: 'robots', content: 'noindex' }];

export async function loader({ context, params }: LoaderFunctionArgs) {
  const wait = await countTry(context.db, [{ limit: 'linkAddress', of: networkOf(context.clientIp) }]);
  if (wait !== undefined) throw new Response(waitMessage(wait), { status: 429, headers: { 'Retry-After': `${wait}` } });
  const owner = await findLinkOwner(context.db, context.clock(), 'reset', params.token ?? '');
  // Looking at the page uses nothing up: mail scanners open links before their reader does.
  return data({ email: owner?.email ?? null }, { status: owner === undefined ? 410 : 200 });
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const wait = await countTry(context.db, [{ limit: 'linkAddress', of: networkOf(context.clientIp) }]);
  if (wait !== undefined) {
    return data<FormAnswer>({ errors: {}, values: {}, message: waitMessage(wait) }, { status: 429 });
  }
  const read = readForm(newPasswordInput, await request.formData());
  if (!read.ok) return data<FormAnswer>(read, { status: 400 });
  try {
    await resetPassword(context.db, context, { token: params.token ?? '', password: read.value.password });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const field = error.field;
    const answer = field === undefined ? { message: error.message, errors: {} } : { errors: { [field]: error.message } };
    return data<FormAnswer>({ values: {}, ...answer }, { status: statusOf(error) });
  }
  throw redirect('/login?notice=password-set');
}

export default function ResetWithToken() {
  const { email } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().state !== 'idle';
  if (email === null) {
    return (
      <LinkIsOver action={{ to: '/reset', label: 'Send a new link' }}>
        Links for a new password work once, for an hour, and only the last one that was sent.
      </LinkIsOver>
    );
  }
  return (
    <Entrance
      title="Choose a new password"
      intro="It signs you out everywhere; then sign in with the new one."
      message={answer?.message}
    >
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          {/* For password managers: whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" defaultValue={email} />
          <PasswordField
            label="New password"
            name="password"
            autoComplete="new-password"
            description="At least 10 characters. A few words in a row are good."
            autoFocus
            required
            error={answer?.errors.password}
          />
          <Button type="submit" loading={busy}>
            Set the password
          </Button>
        </Stack>
      </Form>
    </Entrance>
  );
}
