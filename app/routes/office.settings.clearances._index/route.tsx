import { Anchor, Button, Group, Stack, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS, type Arrangement } from '#app/domain/arrange.ts';
import { requiredWords } from '#app/domain/clearances/clearance.ts';
import { listClearanceTypes } from '#app/domain/clearances/queries.server.ts';
import { arrangeNamed } from '#app/domain/named-lists/arrange-named.server.ts';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Clearances · Lectern' }];

const PATH = '/office/settings/clearances';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const types = await listClearanceTypes(args.context.db);
  return { active: types.filter((type) => type.archivedAt === null), archived: types.filter((type) => type.archivedAt !== null) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
  const id = form.get('id');
  if (!to || typeof id !== 'string' || !/^[\da-f-]{36}$/i.test(id)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await arrangeNamed(context.db, context, actorOf(user, context), 'clearanceType', { id, to });
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type Row = Awaited<ReturnType<typeof loader>>['active'][number];

const columns: Column<Row>[] = [
  {
    key: 'name',
    header: 'Name',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${PATH}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  },
  { key: 'required', header: 'Who needs it', cell: (row) => requiredWords[row.required] },
  {
    key: 'months',
    header: 'Good for',
    cell: (row) => (row.validMonths === null ? 'as its paper says' : `${row.validMonths} months`),
  },
  {
    key: 'remind',
    header: 'Reminders',
    cell: (row) => (row.remindDays.length === 0 ? 'none' : `${row.remindDays.join(', ')} days before`),
  },
];

const add = { to: `${PATH}/new`, label: 'Add a kind' };

export default function ClearanceTypes() {
  const { active, archived } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const order: Column<Row> = {
    key: 'order',
    header: 'Order',
    cell: (row) => (
      <Group gap={4} wrap="nowrap">
        <Arrange row={row} to="up" label={`Move ${row.name} up`} off={row === active[0]} />
        <Arrange row={row} to="down" label={`Move ${row.name} down`} off={row === active.at(-1)} />
        <Arrange row={row} to="archive" label={`Archive ${row.name}`} />
      </Group>
    ),
  };
  const back: Column<Row> = {
    key: 'restore',
    header: 'Bring back',
    cell: (row) => <Arrange row={row} to="restore" label={`Bring ${row.name} back`} />,
  };
  return (
    <>
      <PageHeader
        title="Clearances"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="Papers that tutors need: checks, permits, contracts. They send them in, the office checks them, and both are reminded before they run out."
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={960}>
        {active.length === 0 ? (
          <EmptyState
            title="No clearances are asked for"
            text="Add what tutors have to show: a background check, a first-aid course, a signed contract. You say who needs it and when to remind."
            action={add}
          />
        ) : (
          <DataTable caption="Kinds of clearances" columns={[...columns, order]} rows={active} rowKey={(row) => row.id} />
        )}
        {archived.length > 0 ? (
          <Stack gap="sm" component="section" aria-label="Archived">
            <Title order={2}>Archived</Title>
            <DataTable
              caption="Archived kinds of clearances"
              columns={[...columns, back]}
              rows={archived}
              rowKey={(row) => row.id}
            />
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}

function Arrange({ row, to, label, off = false }: { row: Row; to: Arrangement; label: string; off?: boolean }) {
  const icon = { up: <IconArrowUp size={16} aria-hidden />, down: <IconArrowDown size={16} aria-hidden /> };
  const moves = to === 'up' || to === 'down';
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={row.id} />
      <input type="hidden" name="to" value={to} />
      <Button
        type="submit"
        variant={moves ? 'default' : 'subtle'}
        size="compact-sm"
        px={moves ? 6 : undefined}
        aria-label={label}
        disabled={off}
      >
        {moves ? icon[to] : to === 'archive' ? 'Archive' : 'Bring back'}
      </Button>
    </Form>
  );
}
