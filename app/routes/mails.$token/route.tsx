import { Alert, Button, Stack, Text } from '@mantine/core';
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { findReaderAt } from '#app/domain/messages/preference-queries.server.ts';
import { KIND_WORDS } from '#app/domain/messages/preference-words.ts';
import { savePreferences } from '#app/domain/messages/save-preferences.server.ts';
import { readMailToken } from '#app/domain/messages/unsubscribe-link.server.ts';
import { getOrganisation } from '#app/domain/organisation/queries.server.ts';
import { Entrance } from '#app/ui/entrance.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { LinkIsOver } from '#app/ui/link-is-over.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { PreferenceFields, preferenceLabels } from '../mail-pages/preference-fields.tsx';
import { preferencesOf, savePreferencesForm } from '../mail-pages/preferences-page.server.ts';

export const meta: MetaFunction = () => [
  { title: 'Mails you want · Lectern' },
  { name: 'robots', content: 'noindex' },
  { name: 'referrer', content: 'no-referrer' },
];

const noStore = { 'Cache-Control': 'no-store' };

/** Only shows what is wanted: programs open the links of mails ahead, and nobody has said anything by that. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const link = readMailToken(context.config, params.token ?? '');
  if (!link) return data(null, { status: 404, headers: noStore });
  const reader = await findReaderAt(context.db, link.address);
  const view = await preferencesOf(context, reader);
  const { name } = await getOrganisation(context.db);
  const saved = new URL(request.url).searchParams.has('saved');
  // Of an address that is nobody's any more, the kind of the mail alone.
  const kinds = view.kinds.some((one) => one.kind === link.kind)
    ? view.kinds
    : [...view.kinds, { kind: link.kind, wanted: true }];
  const wanted = kinds.find((one) => one.kind === link.kind)?.wanted ?? true;
  return data({ view: { ...view, kinds }, kind: link.kind, wanted, company: name, saved }, { headers: noStore });
}

/** By the link alone, signed in or not: the button takes the mail's own kind away, the form says all of them. */
export async function action({ context, params, request }: ActionFunctionArgs) {
  const link = readMailToken(context.config, params.token ?? '');
  if (!link) return data(null, { status: 404 });
  const actor = { userId: null, kind: 'guest' as const, requestId: context.requestId };
  const form = await request.formData();
  const here = `/mails/${params.token}?saved`;
  if (form.get('intent') === 'decline') {
    const said = { [link.kind]: { wanted: false } };
    await savePreferences(context.db, actor, { address: link.address, said, via: 'link' });
    return redirect(here);
  }
  const refused = await savePreferencesForm(context, actor, form, { addresses: [link.address], via: 'link' });
  return refused ?? redirect(here);
}

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export default function LinkedMails() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? undefined;
  const form = useFocusFirstError(answer);
  if (!page) {
    return (
      <LinkIsOver action={{ to: '/account/mails', label: 'Sign in' }}>
        It was not read whole, or is not ours. Sign in and choose your mails there, or answer the mail and we do it for you.
      </LinkIsOver>
    );
  }
  const { view, kind, wanted, company, saved } = page;
  const { label } = KIND_WORDS[kind];
  return (
    <Entrance title="Mails you want" intro={`From ${company} to ${view.addresses.join(' and ')}.`}>
      {saved && !answer ? (
        <Alert role="status">{wanted ? 'Saved. It holds from the next mail on.' : `Saved: no more mails of “${label}”.`}</Alert>
      ) : null}
      {wanted ? (
        <Form method="post">
          <input type="hidden" name="intent" value="decline" />
          <Button type="submit" variant="default" fullWidth>
            No more “{label}”
          </Button>
        </Form>
      ) : null}
      <Form method="post" ref={form} noValidate key={String(wanted)}>
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            Or choose what comes:
          </Text>
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={preferenceLabels} />
          <PreferenceFields view={view} answer={answer} />
          <SubmitButton style={{ alignSelf: 'flex-start' }}>Save</SubmitButton>
        </Stack>
      </Form>
    </Entrance>
  );
}
