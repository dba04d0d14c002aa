import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { addUsualItems } from '#app/domain/checklists/add-checklist-item.server.ts';
import { arrangeChecklistItem } from '#app/domain/checklists/arrange-checklist-item.server.ts';
import { CHECKLIST_ROLES, FACTS, roleNames } from '#app/domain/checklists/checklist.schema.ts';
import { listChecklistItems } from '#app/domain/checklists/checklist-queries.server.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Checklists · Lectern' }];

const PATH = '/office/settings/checklists';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const items = await listChecklistItems(args.context.db);
  return {
    lists: CHECKLIST_ROLES.map((role) => {
      const own = items.filter((item) => item.role === role);
      const rows = own.map(({ id, label, doneBy, fact, archivedAt }) => ({
        id,
        label,
        doneBy,
        fact,
        archived: archivedAt !== null,
      }));
      return { role, active: rows.filter((row) => !row.archived), archived: rows.filter((row) => row.archived) };
    }),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const form = await request.formData();
  const actor = actorOf(user, context);
  const role = CHECKLIST_ROLES.find((one) => one === form.get('usual'));
  const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
  const id = form.get('id');
  try {
    if (role) await addUsualItems(context.db, actor, role);
    else if (to && typeof id === 'string' && /^[\da-f-]{36}$/i.test(id))
      await arrangeChecklistItem(context.db, context, actor, { id, to });
    else throw new Response('Nothing to do.', { status: 400 });
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type List = Awaited<ReturnType<typeof loader>>['lists'][number];
type Row = List['active'][number];

export default function Checklists() {
  const { lists } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Checklists"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What somebody goes through until they are at home with you. It stands on their page in the office and on their own first page."
      />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={900}>
        {lists.map((list) => (
          <RoleList key={list.role} list={list} />
        ))}
      </Stack>
    </>
  );
}

function RoleList({ list: { role, active, archived } }: { list: List }) {
  const { many, one } = roleNames[role];
  return (
    <Stack gap="sm" component="section" aria-label={many}>
      <Group justify="space-between" align="baseline">
        <Title order={2}>{many}</Title>
        <Button
          component={Link}
          to={`${PATH}/new?for=${role}`}
          variant="default"
          size="compact-sm"
          aria-label={`Add an item to the list of a ${one}`}
        >
          Add an item
        </Button>
      </Group>
      {active.length === 0 ? (
        <>
          <Text size="sm" c="dimmed">
            {archived.length > 0 ? 'Everything is archived: nothing is asked of them.' : 'No list is kept for them.'}
          </Text>
          {archived.length === 0 ? (
            <Form method="post" preventScrollReset>
              <Button type="submit" name="usual" value={role} variant="default" size="compact-sm">
                Begin with what is usual
              </Button>
            </Form>
          ) : null}
        </>
      ) : (
        <DataTable
          caption={`Checklist of a ${one}, in its order`}
          columns={[label, how, order(active)]}
          rows={active}
          rowKey={(row) => row.id}
        />
      )}
      {archived.length > 0 ? (
        <details>
          <summary>
            <Text span size="sm">
              {archived.length} archived
            </Text>
          </summary>
          <DataTable
            caption={`Archived items of a ${one}`}
            columns={[label, how, restore]}
            rows={archived}
            rowKey={(row) => row.id}
          />
        </details>
      ) : null}
    </Stack>
  );
}

const label: Column<Row> = {
  key: 'label',
  header: 'What',
  primary: true,
  cell: (row) => (
    <Anchor component={Link} to={`${PATH}/${row.id}`} size="sm" fw={500}>
      {row.label}
    </Anchor>
  ),
};

const how: Column<Row> = {
  key: 'how',
  header: 'How it is done',
  cell: (row) => (row.fact ? FACTS[row.fact].label : row.doneBy === 'office' ? 'The office ticks it' : 'They tick it themselves'),
};

const restore: Column<Row> = {
  key: 'restore',
  header: 'Bring back',
  cell: (row) => <RestoreButton id={row.id} name={row.label} />,
};

const order = (active: readonly Row[]): Column<Row> => ({
  key: 'order',
  header: 'Order',
  cell: (row) => <ArrangeButtons id={row.id} name={row.label} first={row === active[0]} last={row === active.at(-1)} />,
});
