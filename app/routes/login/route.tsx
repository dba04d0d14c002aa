import { Alert, Anchor, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { z } from 'zod';
import { homeFor } from '#app/auth/can.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '#app/auth/demo-accounts.ts';
import { findUser } from '#app/auth/find-user.server.ts';
import { afterSignIn, safePath } from '#app/auth/redirect-target.ts';
import { needsCompany, requireSetUp } from '#app/auth/set-up-state.server.ts';
import { signIn } from '#app/auth/sign-in.server.ts';
import { emailField } from '#app/domain/people/user.schema.ts';
import { listExistingAddresses } from '#app/domain/people/user-queries.server.ts';
import { findEmbedOrigins } from '#app/domain/storefront/embed-origins.server.ts';
import { Entrance } from '#app/ui/entrance.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';
import { PasswordField } from '#app/ui/password-field.tsx';
import { DemoAccounts } from './demo-accounts.tsx';

export const meta: MetaFunction = () => [{ title: 'Sign in · Lectern' }];

const schema = z.object({ email: emailField, password: z.string().min(1, 'Give your password.').max(1000) });

/** What brought the reader here, said above the form. */
const NOTICES: Record<string, string> = {
  'password-set': 'Your new password is set. Sign in with it.',
  'signed-out': 'You are signed out.',
  changed: 'Your account was changed. Please sign in again.',
};

export async function loader(args: LoaderFunctionArgs) {
  await requireSetUp(args.context);
  const { searchParams } = new URL(args.request.url);
  const user = await findUser(args);
  // `switch`: somebody else wants to sign in at this browser.
  if (user && !searchParams.has('switch')) throw redirect(afterSignIn(searchParams.get('to'), homeFor(user)));
  const { config, db } = args.context;
  const addresses = config.demo
    ? await listExistingAddresses(
        db,
        DEMO_ACCOUNTS.map((account) => account.email),
      )
    : [];
  return {
    to: safePath(searchParams.get('to')) ?? '',
    notice: NOTICES[searchParams.get('notice') ?? ''],
    signedInAs: user?.name,
    // Whoever is new here needs no account.
    mayBook: (await findEmbedOrigins(db)) !== undefined,
    demo: DEMO_ACCOUNTS.filter((account) => addresses.includes(account.email)),
  };
}

export async function action(args: ActionFunctionArgs) {
  await requireSetUp(args.context);
  const form = await args.request.formData();
  if (args.context.config.demo && form.has('demo')) {
    form.set('email', String(form.get('demo')));
    form.set('password', DEMO_PASSWORD);
  }
  const read = readForm(schema, form);
  if (!read.ok) return data<FormAnswer>(read, { status: 400 });

  const result = await signIn(args, read.value);
  if (!result.ok) {
    const answer: FormAnswer = { errors: {}, values: { email: read.value.email }, message: result.message };
    const headers = new Headers(result.retryAfter === undefined ? [] : [['Retry-After', String(result.retryAfter)]]);
    return data(answer, { status: result.status, headers });
  }
  const home = (await needsCompany(args.context)) ? '/setup' : homeFor(result.user);
  const to = home === '/setup' ? home : afterSignIn(form.get('to'), home);
  throw redirect(to, { headers: result.headers });
}

export default function Login() {
  const { to, notice, signedInAs, demo, mayBook } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().state !== 'idle';
  return (
    <Entrance
      title="Sign in"
      message={answer?.message}
      footer={
        <>
          {mayBook ? (
            <Text size="sm" ta="center">
              New here?{' '}
              <Anchor component={Link} to="/book">
                Book a lesson
              </Anchor>
              , no account needed.
            </Text>
          ) : null}
          <DemoAccounts accounts={demo} to={to} />
        </>
      }
    >
      {notice && !answer ? <Alert variant="light">{notice}</Alert> : null}
      {signedInAs ? (
        <Alert variant="light">You are signed in as {signedInAs}. Signing in here as somebody else ends that.</Alert>
      ) : null}
      <Form method="post" ref={form} noValidate>
        <input type="hidden" name="to" value={to} />
        <Stack gap="md">
          <TextInput
            label="E-mail address"
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus={answer === undefined || Boolean(answer.errors.email)}
            required
            defaultValue={answer?.values.email ?? ''}
            error={answer?.errors.email}
          />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="current-password"
            autoFocus={Boolean(answer && !answer.errors.email)}
            required
            // What is wrong with both stands above; the mark and the focus go to the likelier one.
            error={answer?.errors.password ?? (answer?.message !== undefined || undefined)}
          />
          <Group justify="space-between">
            <Anchor component={Link} to="/reset" size="sm">
              Forgotten your password?
            </Anchor>
            <Button type="submit" loading={busy}>
              Sign in
            </Button>
          </Group>
        </Stack>
      </Form>
    </Entrance>
  );
}
