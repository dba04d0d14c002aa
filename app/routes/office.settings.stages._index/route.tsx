import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { ARRANGEMENTS } from '#app/domain/arrange.ts';
import { arrangeStage } from '#app/domain/requests/arrange-stage.server.ts';
import { listStagesInUse } from '#app/domain/requests/stages.server.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';
import { STAGE_KIND_WORDS } from '../request-pages/request-words.ts';
import { STAGES_PATH } from '../request-pages/stage-form.tsx';

export const meta: MetaFunction = () => [{ title: 'Stages of requests · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const rows = (await listStagesInUse(args.context.db)).map(({ archivedAt, version: _, position: __, ...stage }) => ({
    ...stage,
    archived: archivedAt !== null,
  }));
  return { active: rows.filter((row) => !row.archived), archived: rows.filter((row) => row.archived) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context } = args;
  const form = await args.request.formData();
  const to = ARRANGEMENTS.find((arrangement) => arrangement === form.get('to'));
  const id = form.get('id');
  if (!to || typeof id !== 'string' || !/^[\da-f-]{36}$/i.test(id)) throw new Response('Nothing to do.', { status: 400 });
  try {
    await arrangeStage(context.db, context, actorOf(user, context), { id, to });
    return redirect(STAGES_PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type Row = Awaited<ReturnType<typeof loader>>['active'][number];

const days = (count: number | null) => (count === null ? 'never' : count === 1 ? 'a day' : `${count} days`);

const facts: Column<Row>[] = [
  {
    key: 'name',
    header: 'Stage',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${STAGES_PATH}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  },
  { key: 'kind', header: 'What happens in it', cell: (row) => STAGE_KIND_WORDS[row.kind] },
  { key: 'ageing', header: 'Waits too long after', cell: (row) => days(row.ageingDays) },
  {
    key: 'used',
    header: 'Requests',
    align: 'right',
    cell: (row) =>
      row.used === 0 ? (
        0
      ) : (
        <Anchor component={Link} to={`/office/requests?view=list&stage=${row.id}`} size="sm">
          {row.used}
        </Anchor>
      ),
  },
];

export default function Stages() {
  const { active, archived } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const arrange: Column<Row> = {
    key: 'order',
    header: 'Order',
    cell: (row) => <ArrangeButtons id={row.id} name={row.name} first={row === active[0]} last={row === active.at(-1)} />,
  };
  const restore: Column<Row> = {
    key: 'restore',
    header: 'Bring back',
    cell: (row) => <RestoreButton id={row.id} name={row.name} />,
  };
  return (
    <>
      <PageHeader
        title="Stages of requests"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="The columns of the requests’ board, in its order, under your own names."
        actions={
          <Button component={Link} to={`${STAGES_PATH}/new`}>
            Add a stage
          </Button>
        }
      />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={960}>
        <DataTable
          caption="Stages, in the order of the board"
          columns={[...facts, arrange]}
          rows={active}
          rowKey={(row) => row.id}
        />
        {archived.length > 0 ? (
          <Stack gap="sm" component="section" aria-label="Archived">
            <Title order={2}>Archived</Title>
            <Text size="sm" c="dimmed">
              Nothing is moved there any more. Requests that stand in one stay on the board until they are moved.
            </Text>
            <DataTable caption="Archived stages" columns={[...facts, restore]} rows={archived} rowKey={(row) => row.id} />
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}
