import { Alert, Button, Stack, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react';
import { homeFor } from '#app/auth/can.ts';
import { findUser } from '#app/auth/find-user.server.ts';
import { countTry, networkOf, waitMessage } from '#app/auth/limits.server.ts';
import { afterSignIn, safePath } from '#app/auth/redirect-target.ts';
import { needsCompany } from '#app/auth/set-up-state.server.ts';
import { signInAs } from '#app/auth/sign-in.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { findOrganisation } from '#app/domain/organisation/queries.server.ts';
import { acceptInvitation } from '#app/domain/people/accept-invitation.server.ts';
import { acceptInvitationInput } from '#app/domain/people/user.schema.ts';
import { findLinkOwner } from '#app/domain/people/user-token.server.ts';
import { Entrance } from '#app/ui/entrance.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormAnswer, readForm } from '#app/ui/form-answer.ts';
import { LinkIsOver } from '#app/ui/link-is-over.tsx';
import { PasswordField } from '#app/ui/password-field.tsx';

export const meta: MetaFunction = () => [{ title: 'Welcome · Lectern' }, { name: 'robots', content: 'noindex' }];

export async function loader(args: LoaderFunctionArgs) {
  const { context, params } = args;
  const wait = await countTry(context.db, [{ limit: 'linkAddress', of: networkOf(context.clientIp) }]);
  if (wait !== undefined) throw new Response(waitMessage(wait), { status: 429, headers: { 'Retry-After': `${wait}` } });
  const owner = await findLinkOwner(context.db, context.clock(), 'invite', params.token ?? '');
  const to = safePath(new URL(args.request.url).searchParams.get('to'));
  const signIn = to === undefined ? '/login' : `/login?to=${encodeURIComponent(to)}`;
  if (owner === undefined) return data({ invitation: null, signIn }, { status: 410 });
  const [user, organisation] = await Promise.all([findUser(args), findOrganisation(context.db)]);
  const signedInAs = user !== null && user.id !== owner.userId ? user.name : null;
  return data({
    invitation: { email: owner.email, name: owner.name, company: organisation?.name ?? 'Lectern', signedInAs },
    signIn,
  });
}

export async function action(args: ActionFunctionArgs) {
  const { request, context, params } = args;
  const wait = await countTry(context.db, [{ limit: 'linkAddress', of: networkOf(context.clientIp) }]);
  const form = await request.formData();
  const read = readForm(acceptInvitationInput, form);
  if (wait !== undefined) {
    const values = { name: String(form.get('name') ?? '') };
    return data<FormAnswer>({ errors: {}, values, message: waitMessage(wait) }, { status: 429 });
  }
  if (!read.ok) return data<FormAnswer>(read, { status: 400 });
  let userId: string;
  try {
    ({ userId } = await acceptInvitation(context.db, context, { token: params.token ?? '', ...read.value }));
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { field, message } = error;
    const values = { name: read.value.name };
    return data<FormAnswer>(field === undefined ? { errors: {}, values, message } : { errors: { [field]: message }, values }, {
      status: statusOf(error),
    });
  }
  const signedIn = await signInAs(args, userId);
  if (signedIn === undefined) throw redirect('/login');
  const home = (await needsCompany(context)) ? '/setup' : homeFor(signedIn.user);
  // An invitation that came with a session leads on into its room.
  throw redirect(afterSignIn(new URL(request.url).searchParams.get('to'), home), { headers: signedIn.headers });
}

export default function Invite() {
  const { invitation, signIn } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  const busy = useNavigation().state !== 'idle';
  if (invitation === null) {
    return (
      <LinkIsOver action={{ to: signIn, label: 'Sign in' }}>
        An invitation works once, for seven days. If you have accepted it, sign in. If not, ask whoever invited you to send it
        again.
      </LinkIsOver>
    );
  }
  return (
    <Entrance
      title={`Welcome to ${invitation.company}`}
      intro={`You will sign in as ${invitation.email}.`}
      message={answer?.message}
    >
      {invitation.signedInAs === null ? null : (
        <Alert variant="light">You are signed in here as {invitation.signedInAs}. Accepting ends that.</Alert>
      )}
      <Form method="post" ref={form} noValidate>
        <Stack gap="md">
          <input type="hidden" name="username" autoComplete="username" defaultValue={invitation.email} />
          <TextInput
            label="Your name"
            description="As others here will read it."
            name="name"
            autoComplete="name"
            required
            defaultValue={answer?.values.name ?? invitation.name}
            error={answer?.errors.name}
          />
          <PasswordField
            label="Choose a password"
            description="At least 10 characters. A few words in a row are good."
            name="password"
            autoComplete="new-password"
            autoFocus
            required
            error={answer?.errors.password}
          />
          <Button type="submit" loading={busy}>
            Begin
          </Button>
        </Stack>
      </Form>
    </Entrance>
  );
}
