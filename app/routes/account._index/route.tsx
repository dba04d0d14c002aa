import { Alert, Button, NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { z } from 'zod';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { countTry, forgetTries, type Try, waitMessage } from '#app/auth/limits.server.ts';
import { signInAs } from '#app/auth/sign-in.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { changePassword } from '#app/domain/people/change-password.server.ts';
import { editAccount } from '#app/domain/people/edit-account.server.ts';
import { accountInput, passwordField } from '#app/domain/people/user.schema.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';
import { PasswordField } from '#app/ui/password-field.tsx';
import { LanguageSelect } from '../record-forms/language-select.tsx';

const passwords = z.object({
  current: z.string().min(1, 'Give your current password.').max(1000),
  password: passwordField,
});

type Answer = FormAnswer & { about: 'account' | 'password' };

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const organisation = await findOrganisation(args.context.db);
  return {
    name: user.name,
    email: user.email,
    timezone: user.timezone ?? '',
    locale: user.locale ?? '',
    companyZone: organisation?.timezone ?? 'UTC',
    zones: Intl.supportedValuesOf('timeZone'),
    saved: new URL(args.request.url).searchParams.get('saved'),
  };
}

export async function action(args: ActionFunctionArgs) {
  const { request, context } = args;
  const user = await authorize(args, 'account.self');
  const actor = { ...actorOf(user, context), userId: user.id };
  const form = await request.formData();
  if (form.get('intent') === 'account') {
    const read = readForm(accountInput, form);
    if (!read.ok) return data<Answer>({ about: 'account', ...read }, { status: 400 });
    await editAccount(context.db, context, actor, read.value);
    throw redirect('/account?saved=account');
  }
  const read = readForm(passwords, form);
  if (!read.ok) return data<Answer>({ about: 'password', ...read }, { status: 400 });
  const tries: Try[] = [{ limit: 'passwordCheck', of: user.id }];
  const wait = await countTry(context.db, tries);
  if (wait !== undefined) {
    return data<Answer>({ about: 'password', errors: {}, values: {}, message: waitMessage(wait) }, { status: 429 });
  }
  try {
    await changePassword(context.db, context, actor, read.value);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const errors = { [error.field ?? 'current']: error.message };
    return data<Answer>({ about: 'password', errors, values: {} }, { status: statusOf(error) });
  }
  await forgetTries(context.db, tries);
  const signedIn = await signInAs(args, user.id);
  throw redirect('/account?saved=password', signedIn === undefined ? {} : { headers: signedIn.headers });
}

export default function AccountIndex() {
  const { saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <Stack gap="lg">
      {saved === 'account' && !answer ? <Alert role="status">Saved.</Alert> : null}
      {saved === 'password' && !answer ? (
        <Alert role="status">Your new password is set. Everywhere else you are signed out.</Alert>
      ) : null}
      <AboutYou answer={answer?.about === 'account' ? answer : undefined} />
      <Password answer={answer?.about === 'password' ? answer : undefined} />
    </Stack>
  );
}

function AboutYou({ answer }: { answer: FormAnswer | undefined }) {
  const { name, timezone, locale, companyZone, zones } = useLoaderData<typeof loader>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().formData?.get('intent') === 'account';
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="about-you">
      <Title order={2} id="about-you" mb="sm">
        About you
      </Title>
      <Form method="post" action="/account?index" ref={form} noValidate>
        <input type="hidden" name="intent" value="account" />
        <Stack gap="md">
          <TextInput
            label="Name"
            name="name"
            autoComplete="name"
            required
            defaultValue={answer?.values.name ?? name}
            error={answer?.errors.name}
          />
          <NativeSelect
            label="Time zone"
            description="Times are shown in it; the company’s stands beside it where they differ."
            name="timezone"
            data={[{ value: '', label: `The company’s (${companyZone})` }, ...zones]}
            defaultValue={answer?.values.timezone ?? timezone}
            error={answer?.errors.timezone}
          />
          <LanguageSelect
            label="Language"
            description="Mails come in it where they are written in it, and dates and amounts stand as it writes them."
            name="locale"
            none="The company’s"
            defaultValue={answer?.values.locale ?? locale}
            error={answer?.errors.locale}
          />
          <Button type="submit" loading={busy} style={{ alignSelf: 'flex-start' }}>
            Save
          </Button>
        </Stack>
      </Form>
    </Paper>
  );
}

function Password({ answer }: { answer: FormAnswer | undefined }) {
  const { email } = useLoaderData<typeof loader>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().formData?.get('intent') === 'password';
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="password-title">
      <Title order={2} id="password-title" mb="sm">
        Password
      </Title>
      <Form method="post" action="/account?index" ref={form} noValidate>
        <input type="hidden" name="intent" value="password" />
        <input type="hidden" name="username" autoComplete="username" defaultValue={email} />
        <Stack gap="md">
          {answer?.message === undefined ? null : (
            <Alert color="red" role="alert">
              {answer.message}
            </Alert>
          )}
          <PasswordField
            label="Current password"
            name="current"
            autoComplete="current-password"
            required
            error={answer?.errors.current}
          />
          <PasswordField
            label="New password"
            description="At least 10 characters. Everywhere else you will be signed out."
            name="password"
            autoComplete="new-password"
            required
            error={answer?.errors.password}
          />
          <Button type="submit" variant="default" loading={busy} style={{ alignSelf: 'flex-start' }}>
            Change the password
          </Button>
        </Stack>
      </Form>
    </Paper>
  );
}
