import { Alert, Anchor, Group, NativeSelect, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { isDomainError, statusOf } from '#app/domain/errors.ts';
import { addInstall } from '#app/plugin-host/add-install.server.ts';
import { listDescribedIds } from '#app/plugin-host/declared/queries.server.ts';
import { listPlugins } from '#app/plugin-host/install-page.server.ts';
import type { InstallView } from '#app/plugin-host/types.ts';
import { DataTable } from '#app/ui/data-table.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { kindWords, stateWords } from '../office.settings.plugins.$id/install-words.ts';
import { DescribedProviders } from './described-providers.tsx';

export const meta: MetaFunction = () => [{ title: 'Plugins · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'plugins.manage');
  const { db, plugins } = args.context;
  return { ...(await listPlugins(db, plugins)), described: await listDescribedIds(db) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'plugins.manage');
  const { context } = args;
  const form = await args.request.formData();
  try {
    const pluginId = String(form.get('pluginId') ?? '');
    const { id } = await addInstall(context.db, context, actorOf(user, context), { pluginId });
    return redirect(`/office/settings/plugins/${id}`);
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return data({ message: error.message }, { status: statusOf(error) });
  }
}

export default function PluginsPage() {
  const { installs, problems, plugins, described } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Plugins"
        description="How families pay, and where online sessions meet. Each has a page of its own with its settings and its state."
      />
      <Stack gap="xl">
        <ErrorSummary message={answer?.message} />
        {problems.length > 0 ? (
          <Alert color="red" variant="light" title="Some plugins could not be loaded">
            {problems.map((problem) => (
              <Text size="sm" key={`${problem.where} ${problem.message}`}>
                {problem.plugin} {problem.message}. ({problem.where})
              </Text>
            ))}
          </Alert>
        ) : null}
        {(['billing', 'meeting', 'payment', 'payroll'] as const).map((kind) => (
          <section key={kind} aria-labelledby={`kind-${kind}`}>
            <Title order={2} id={`kind-${kind}`}>
              {kindWords[kind].title}
            </Title>
            <Text c="dimmed" size="sm" mb="sm">
              {kindWords[kind].text}
            </Text>
            <Installs kind={kind} installs={installs.filter((install) => install.kind === kind)} />
          </section>
        ))}
        <section aria-labelledby="add">
          <Title order={2} id="add">
            Add one more
          </Title>
          <Text c="dimmed" size="sm" mb="sm" maw={620}>
            The same plugin can be set up twice: credits by the session for one group of families and by the minute for another,
            or two servers for online rooms. The new one stays disabled until you enable it.
          </Text>
          <Form method="post">
            <Group align="flex-end">
              <NativeSelect
                label="Plugin"
                name="pluginId"
                data={plugins.map((plugin) => ({ value: plugin.id, label: plugin.name }))}
              />
              <SubmitButton variant="default">Add</SubmitButton>
            </Group>
          </Form>
        </section>
        <DescribedProviders ids={described} />
      </Stack>
    </>
  );
}

function Installs({ kind, installs }: { kind: keyof typeof kindWords; installs: InstallView[] }) {
  return (
    <DataTable
      caption={kindWords[kind].title}
      rows={installs}
      rowKey={(install) => install.id}
      columns={[
        {
          key: 'name',
          header: 'Name',
          primary: true,
          cell: (install) => (
            <Anchor component={Link} to={`/office/settings/plugins/${install.id}`} fw={500}>
              {install.name}
            </Anchor>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: (install) => (
            <Group gap="xs">
              <StatusBadge {...stateWords[install.state]} />
              {install.isDefault ? <StatusBadge label="Default" tone="live" /> : null}
            </Group>
          ),
        },
        {
          key: 'about',
          header: 'About',
          cell: (install) => (
            <Text size="sm" ta="start" c={install.problem ? undefined : 'dimmed'} maw={620}>
              {install.problem ?? install.lastError ?? install.description}
            </Text>
          ),
        },
      ]}
    />
  );
}
