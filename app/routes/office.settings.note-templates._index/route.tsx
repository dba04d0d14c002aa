import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { arrangeNoteTemplate } from '#app/domain/closeout/arrange-note-template.server.ts';
import { noteTemplateArrangement } from '#app/domain/closeout/note-template.schema.ts';
import { listNoteTemplates } from '#app/domain/closeout/note-template-queries.server.ts';
import { ArrangeButtons, RestoreButton } from '#app/ui/arrange-buttons.tsx';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { readRecord, refusedAction } from '#app/ui/record-form.server.ts';
import { ToldAlert } from '#app/ui/told-alert.tsx';

export const meta: MetaFunction = () => [{ title: 'Note templates · Lectern' }];

const PATH = '/office/settings/note-templates';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const templates = await listNoteTemplates(args.context.db);
  const rows = templates.map(({ id, name, body, programName, subjectName, archivedAt }) => ({
    id,
    name,
    begins: body.length > 80 ? `${body.slice(0, 80).trimEnd()}…` : body,
    where: [programName, subjectName].filter(Boolean).join(', ') || 'Everywhere',
    archived: archivedAt !== null,
  }));
  return { active: rows.filter((row) => !row.archived), archived: rows.filter((row) => row.archived) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context, request } = args;
  const read = readRecord(noteTemplateArrangement, await request.formData());
  if (!read.ok) throw new Response('Nothing to do.', { status: 400 });
  try {
    await arrangeNoteTemplate(context.db, context, actorOf(user, context), read.value);
    return redirect(PATH);
  } catch (error) {
    return refusedAction(error);
  }
}

type Row = Awaited<ReturnType<typeof loader>>['active'][number];

const facts: Column<Row>[] = [
  {
    key: 'name',
    header: 'Template',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} to={`${PATH}/${row.id}`} size="sm" fw={500}>
        {row.name}
      </Anchor>
    ),
  },
  { key: 'begins', header: 'Text', cell: (row) => row.begins },
  { key: 'where', header: 'Offered for', cell: (row) => row.where },
];

export default function NoteTemplates() {
  const { active, archived } = useLoaderData<typeof loader>();
  const told = useActionData<typeof action>();
  const add = { to: `${PATH}/new`, label: 'Add a template' };
  const order: Column<Row> = {
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
        title="Note templates"
        back={{ to: '/office/settings/closeouts', label: 'Close-outs' }}
        description="Texts that a tutor’s progress notes can begin with, offered as buttons under the notes."
        actions={
          <Button component={Link} to={add.to}>
            {add.label}
          </Button>
        }
      />
      <ToldAlert told={told} />
      <Stack gap="xl" maw={1000}>
        {active.length === 0 ? (
          <EmptyState
            title="No templates yet"
            text="With a template tutors write notes that read alike: what was done, what went well, what to practise."
            action={add}
          />
        ) : (
          <DataTable
            caption="Templates, in the order of the form"
            columns={[...facts, order]}
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
            <DataTable caption="Archived templates" columns={[...facts, restore]} rows={archived} rowKey={(row) => row.id} />
          </Stack>
        ) : null}
      </Stack>
    </>
  );
}
