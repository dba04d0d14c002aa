import { Alert, Paper, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { findReaderOfUser } from '#app/domain/messages/preference-queries.server.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { PreferenceFields, preferenceLabels } from '../mail-pages/preference-fields.tsx';
import { preferencesOf, savePreferencesForm } from '../mail-pages/preferences-page.server.ts';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const view = await preferencesOf(args.context, await findReaderOfUser(args.context.db, user.id));
  return { view, saved: new URL(args.request.url).searchParams.has('saved') };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { context, request } = args;
  const { addresses } = await findReaderOfUser(context.db, user.id);
  const about = { type: 'user' as const, id: user.id };
  const refused = await savePreferencesForm(context, actorOf(user, context), await request.formData(), {
    ...{ addresses, via: 'page', about },
  });
  return refused ?? redirect('/account/mails?saved');
}

export default function Mails() {
  const { view, saved } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const form = useFocusFirstError(answer);
  return (
    <Stack gap="md">
      {saved && !answer ? <Alert role="status">Saved. It holds from the next mail on.</Alert> : null}
      <Paper withBorder p="md" component="section" aria-labelledby="wanted">
        <Title order={2} id="wanted" mb={4}>
          Mails you want
        </Title>
        {view.kinds.length === 0 ? (
          <Text size="sm" c="dimmed">
            Tutors, families and students choose here. You get only what your work needs.
          </Text>
        ) : (
          <Form method="post" ref={form} noValidate>
            <Stack gap="md">
              <Text size="sm" c="dimmed">
                They go to {view.addresses.join(' and ')}.
              </Text>
              <ErrorSummary message={answer?.message} errors={answer?.errors} labels={preferenceLabels} />
              <PreferenceFields view={view} answer={answer} />
              <SubmitButton style={{ alignSelf: 'flex-start' }}>Save</SubmitButton>
            </Stack>
          </Form>
        )}
      </Paper>
    </Stack>
  );
}
