import { Alert, Anchor, Group, List, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize, notFound } from '#app/auth/authorize.server.ts';
import { findAccountsOfTutors } from '#app/domain/connections/queries.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { listDescribedIds } from '#app/plugin-host/declared/queries.server.ts';
import { getInstallPage } from '#app/plugin-host/install-page.server.ts';
import { listPluginCalls } from '#app/plugin-host/plugin-calls.server.ts';
import { inputName } from '#app/plugin-host/settings-form.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { answerInstallForm, type InstallAnswer } from './actions.server.ts';
import { InstallCalls } from './install-calls.tsx';
import { InstallCheck } from './install-check.tsx';
import { InstallGuide } from './install-guide.tsx';
import { InstallLengths } from './install-lengths.tsx';
import { InstallState } from './install-state.tsx';
import { capabilityLines, kindWords, stateWords } from './install-words.ts';
import { loadProviderHealth } from './provider-health.server.ts';
import { ProviderHealth } from './provider-health.tsx';
import { SettingInput } from './setting-input.tsx';
import { TutorAccounts } from './tutor-accounts.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [{ title: `${page?.install.name ?? 'Plugin'} · Lectern` }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'plugins.manage');
  const { db, plugins, config } = args.context;
  const page = await getInstallPage(db, plugins, args.params.id ?? '', config.origin).catch(missing);
  const accounts = page.install.kind === 'meeting' ? await findAccountsOfTutors(db, args.context, page.install.id) : undefined;
  const health = await loadProviderHealth(args.context, page.install);
  const calls = callsOut(page.install.kind) ? await listPluginCalls(db, page.install.id, 30) : null;
  const described = (await listDescribedIds(db)).includes(page.install.pluginId);
  const saved = new URL(args.request.url).searchParams.get('saved');
  return { ...page, accounts: accounts ?? null, health, calls, described, saved };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'plugins.manage');
  const { context, params } = args;
  const installId = params.id ?? '';
  try {
    const answer = await answerInstallForm(context, actorOf(user, context), installId, await args.request.formData());
    // What was found is for this person, now: there is nothing to lead to.
    if (answer.ok && answer.done === 'check') return answer;
    if (answer.ok) return redirect(`/office/settings/plugins/${installId}?saved=${answer.done}`);
    return data(answer, { status: 400 });
  } catch (error) {
    if (!isDomainError(error)) throw error;
    if (error.code === 'not_found') throw notFound();
    const answer: Extract<InstallAnswer, { ok: false }> = { ok: false, message: error.message, errors: {}, name: '', typed: {} };
    return data(answer, { status: statusOf(error) });
  }
}

/** Plugins of these kinds talk to the world. */
const callsOut = (kind: string) => kind === 'meeting' || kind === 'payment';

function missing(error: unknown): never {
  if (isDomainError(error, 'not_found')) throw notFound();
  throw error;
}

const savedTexts: Record<string, string> = {
  settings: 'The settings are saved. They hold from now on.',
  state: 'The state is changed.',
  default: 'It is the default now.',
  described: 'The description is saved, and used from the next call on.',
  lengths: 'The lengths are saved. They hold for what is booked from now on.',
};

export default function InstallPage() {
  const { install, fields, values, savedSecrets, uses, version, where, saved, guide, canCheck } = useLoaderData<typeof loader>();
  const { accounts, health, calls, described } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refusal = answer && !answer.ok ? answer : undefined;
  const found = answer?.ok ? answer.found : undefined;
  const settings = refusal?.lengths ? undefined : refusal;
  const typed = refusal && Object.keys(refusal.typed).length > 0 ? refusal.typed : undefined;
  const form = useFocusFirstError(refusal);
  const labels = Object.fromEntries(fields.map((field) => [inputName(field.name), field.label]));
  const readOnly = install.state === 'orphaned' || version === null;
  return (
    <>
      <PageHeader
        back={{ to: '/office/settings/plugins', label: 'Plugins' }}
        title={
          <Group gap="sm" component="span">
            {install.name}
            <StatusBadge {...stateWords[install.state]} />
            {install.isDefault ? <StatusBadge label="Default" tone="live" /> : null}
          </Group>
        }
        description={kindWords[install.kind].title}
      />
      <Stack gap="lg" maw={720}>
        {saved && savedTexts[saved] && !answer ? (
          <Alert color="green" variant="light" role="status">
            {savedTexts[saved]}
          </Alert>
        ) : null}
        {install.problem ? (
          <Alert
            color={install.state === 'disabled' ? 'yellow' : 'red'}
            variant="light"
            title={install.state === 'disabled' ? 'It is not set up yet' : 'It can’t be used now'}
          >
            {install.problem}
          </Alert>
        ) : null}
        <ProviderHealth health={health} />
        {install.lastError ? (
          <Alert color="yellow" variant="light" title="Its last failure">
            {install.lastError}
          </Alert>
        ) : null}
        <Text>{install.description}</Text>
        {install.capabilities ? (
          <List size="sm" spacing={2}>
            {capabilityLines(install.capabilities).map((line) => (
              <List.Item key={line}>{line}</List.Item>
            ))}
          </List>
        ) : null}

        {guide && !readOnly ? <InstallGuide steps={guide.steps} unproven={guide.unproven} /> : null}
        {readOnly ? null : (
          <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="settings">
            <Title order={2} id="settings" mb="md">
              Settings
            </Title>
            <Form method="post" ref={form} noValidate>
              <input type="hidden" name="intent" value="settings" />
              <Stack gap="md">
                <ErrorSummary message={settings?.message} errors={settings?.errors} labels={{ name: 'Name', ...labels }} />
                <TextInput
                  id="name"
                  name="name"
                  label="Name"
                  description="What people call it when they choose between several."
                  withAsterisk
                  maxLength={80}
                  defaultValue={typed || refusal?.errors.name ? refusal?.name : install.name}
                  error={refusal?.errors.name}
                />
                {fields.map((field) => (
                  <SettingInput
                    key={field.name}
                    field={field}
                    value={typed ? typed[field.name] : values[field.name]}
                    error={refusal?.errors[inputName(field.name)]}
                    secretSaved={savedSecrets.includes(field.name)}
                  />
                ))}
                {fields.length === 0 ? (
                  <Text size="sm" c="dimmed">
                    There is nothing else to set up.
                  </Text>
                ) : null}
                <Group>
                  <SubmitButton name="save" value="1">
                    Save settings
                  </SubmitButton>
                </Group>
              </Stack>
            </Form>
          </Paper>
        )}

        {canCheck && !readOnly ? <InstallCheck found={found} /> : null}
        {install.kind === 'meeting' && !readOnly ? (
          <InstallLengths
            values={
              refusal?.lengths ?? {
                durations: install.durations?.join(', ') ?? '',
                gridMinutes: String(install.gridMinutes ?? ''),
              }
            }
            errors={refusal?.lengths ? refusal.errors : {}}
          />
        ) : null}

        {accounts ? <TutorAccounts accounts={accounts} /> : null}

        {readOnly ? null : <InstallState install={install} uses={uses} />}

        {calls ? <InstallCalls calls={calls} /> : null}
        <Text size="sm" c="dimmed">
          Plugin <code>{install.pluginId}</code>
          {version ? ` ${version}` : ''}
          {described || where ? ', from ' : ''}
          {described ? (
            <Anchor component={Link} to={`/office/settings/plugins/declared/${install.pluginId}`} size="sm">
              its description
            </Anchor>
          ) : (
            where
          )}
          . {usesText(uses)}
        </Text>
      </Stack>
    </>
  );
}

function usesText(uses: { count: number; what: string }[]): string {
  const used = uses.filter((use) => use.count > 0).map((use) => `${use.count} ${use.what}`);
  return used.length > 0 ? `Used by ${used.join(' and ')}.` : 'Nothing uses it yet.';
}
