import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { arrangeCancellationReason } from '#app/domain/scheduling/arrange-cancellation-reason.server.ts';
import { SAID_BY, saidByNames } from '#app/domain/scheduling/cancellation-reason.schema.ts';
import { listCancellationReasons } from '#app/domain/scheduling/cancellation-reason-queries.server.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Reasons for cancelling · Lectern' }];

const PATH = '/office/settings/cancellation-reasons';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const reasons = await listCancellationReasons(args.context.db);
  const rows = reasons.map(({ id, label, saidBy, archivedAt, used }) => ({
    id,
    label,
    used,
    archived: archivedAt !== null,
    who: SAID_BY.every((who) => saidBy.includes(who))
      ? 'Everybody'
      : SAID_BY.filter((who) => saidBy.includes(who))
          .map((who) => saidByNames[who])
          .join(', '),
  }));
  return { active: rows.filter((row) => !row.archived), archived: rows.filter((row) => row.archived) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
  const id = form.get('id');
  if (!to || typeof id !== 'string' || !/^[\da-f-]{36}$/i.test(id)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await arrangeCancellationReason(context.db, context, actorOf(user, context), { id, to });
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type Row = Awaited<ReturnType<typeof loader>>['active'][number];

const label: Column<Row> = {
  key: 'label',
  header: 'Reason',
  primary: true,
  cell: (row) => (
    <Anchor component={Link} to={`${PATH}/${row.id}`} size="sm" fw={500}>
      {row.label}
    </Anchor>
  ),
};
const facts: Column<Row>[] = [
  { key: 'who', header: 'Who may give it', cell: (row) => row.who },
  {
    key: 'used',
    header: 'Given',
    align: 'right',
    cell: (row) => (row.used === 0 ? 'never' : row.used === 1 ? 'once' : `${row.used} times`),
  },
];

export default function CancellationReasons() {
  const { active, archived } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const add = { to: `${PATH}/new`, label: 'Add a reason' };
  const order: Column<Row> = {
    key: 'order',
    header: 'Order',
    cell: (row) => <ArrangeButtons id={row.id} name={row.label} first={row === active[0]} last={row === active.at(-1)} />,
  };
  return (
    <>
      <PageHeader
        title="Reasons for cancelling"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What can be chosen when a session is cancelled, by whom, and in which order. What was cancelled keeps its reason."
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={900}>
        {active.length === 0 ? (
          <EmptyState
            title="No reasons to choose from"
            text="Who cancels can still say why in their own words. With a list, reports can count the reasons."
            action={add}
          />
        ) : (
          <DataTable
            caption="Reasons, in the order of the form"
            columns={[label, ...facts, order]}
            rows={active}
            rowKey={(row) => row.id}
          />
        )}
        {archived.length > 0 ? (
          <Stack gap="sm" component="section" aria-label="Archived">
            <Title order={2}>Archived</Title>
            <Text size="sm" c="dimmed">
              Not offered any more.
            </Text>
            <DataTable
              caption="Archived reasons"
              columns={[
                label,
                ...facts,
                {
                  key: 'restore',
                  header: 'Bring back',
                  cell: (row) => <RestoreButton id={row.id} name={row.label} />,
                },
              ]}
              rows={archived}
              rowKey={(row) => row.id}
            />
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}
