import { randomUUID } from 'node:crypto';
import { Anchor, Button, Group, Paper, Stack, Text, TextInput } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react';
import { IconSearch } from '@tabler/icons-react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { safePath } from '#app/auth/redirect-target.ts';
import { listOfficeChoices } from '#app/domain/requests/request-choices.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { addTask } from '#app/domain/tasks/add-task.server.ts';
import { finishTask } from '#app/domain/tasks/finish-task.server.ts';
import { countTasks, listTasks } from '#app/domain/tasks/queries.server.ts';
import { newTaskSchema } from '#app/domain/tasks/task.schema.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { PageLinks, Tabs } from '../planning-pages/tabs.tsx';
import { readerFor } from '../session-pages/load-session.server.ts';
import { TaskFields, taskLabels } from '../task-pages/task-fields.tsx';
import { TaskList } from '../task-pages/task-list.tsx';
import { viewTask } from '../task-pages/task-view.ts';

const HELP = {
  text: 'What somebody has to do, by whom and by when. Many tasks make themselves, by rules in the settings, and are done when what they are about is.',
  about: 'office/day',
} as const;

export const meta: MetaFunction = () => [{ title: 'Tasks · Lectern' }];

const PAGE_SIZE = 50;
const SHOWS = ['mine', 'nobodys', 'all', 'done'] as const;
type Show = (typeof SHOWS)[number];

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'task.manage');
  const { db } = args.context;
  const { organisation, reader } = await readerFor(user, args.context);
  const params = new URL(args.request.url).searchParams;
  const show = SHOWS.find((one) => one === params.get('show')) ?? 'mine';
  const q = (params.get('q') ?? '').trim().slice(0, 100);
  const today = localDateOf(reader.now, organisation.timezone);
  const filters = {
    mine: { done: false, assignee: user.id },
    nobodys: { done: false, assignee: 'none' },
    all: { done: false },
    done: { done: true },
  };
  const [counts, total, office] = await Promise.all([
    Promise.all(SHOWS.map(async (one) => [one, await countTasks(db, filters[one])] as const)),
    countTasks(db, { ...filters[show], q }),
    listOfficeChoices(db),
  ]);
  const asked = Number(params.get('page') ?? '1');
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const page = Number.isInteger(asked) && asked > 0 ? Math.min(asked, pages) : 1;
  const rows = await listTasks(db, today, { ...filters[show], q }, { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE });
  return {
    ...{ show, q, page, pages, total, office, today },
    counts: Object.fromEntries(counts) as Record<Show, number>,
    tasks: rows.map(viewTask),
    userId: user.id,
    formId: randomUUID(),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'task.manage');
  const { context } = args;
  const form = await args.request.formData();
  const back = safePath(form.get('back')) ?? '/office/tasks';
  try {
    if (form.get('intent') === 'finish') {
      const id = form.get('id');
      if (typeof id !== 'string' || !/^[\da-f-]{36}$/i.test(id)) throw new Response('Nothing to do.', { status: 400 });
      await finishTask(context.db, context, actorOf(user, context), { id, done: form.get('done') === 'on' });
      return redirect(back);
    }
    const read = readRecord(newTaskSchema, form);
    if (!read.ok) return refusedForm(read.answer);
    await addTask(context.db, context, actorOf(user, context), read.value);
    return redirect(back);
  } catch (error) {
    return refusedRecord(error, form);
  }
}

const NONE: Record<Show, string> = {
  mine: 'Nothing is waiting for you.',
  nobodys: 'Every task is somebody’s.',
  all: 'Nothing is to be done.',
  done: 'None is done yet.',
};

export default function Tasks() {
  const { show, q, page, pages, total, counts, tasks, office, userId, formId } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields({ assigneeId: [userId] }, answer);
  const address = (over: Record<string, string>) => `?${new URLSearchParams({ show, ...(q ? { q } : {}), ...over })}`;
  const tab = (one: Show, label: string) => ({
    to: address({ show: one, page: '1' }),
    label: one === 'done' ? label : `${label} (${counts[one]})`,
    current: show === one,
  });
  const none = counts.all + counts.done === 0;
  return (
    <>
      <PageHeader
        help={HELP}
        title="Tasks"
        description="What is to be done, by whom and by when: written down here, or made by what happens."
      />
      <Stack gap="lg" maw={900}>
        <Paper component="details" withBorder radius="md" p="md" open={answer !== undefined || none}>
          <summary style={{ cursor: 'pointer', fontWeight: 600 }}>Add a task</summary>
          <Form method="post" key={formId} noValidate>
            <Stack gap="sm" mt="sm">
              <ErrorSummary message={answer?.message} errors={answer?.errors} labels={taskLabels} />
              <input type="hidden" name="id" value={formId} />
              <input type="hidden" name="back" value={`/office/tasks${address({})}`} />
              {answer?.values.about?.[0] ? <input type="hidden" name="about" value={answer.values.about[0]} /> : null}
              <TaskFields field={field} office={office} />
              <Group>
                <SubmitButton>Add task</SubmitButton>
              </Group>
            </Stack>
          </Form>
        </Paper>
        {none ? (
          <EmptyState
            title="No tasks yet"
            text="Tasks about people, requests and sessions come together here. An enquiry, a late request or an expiring document makes one by itself."
          />
        ) : (
          <section aria-label="Tasks">
            <Group justify="space-between" gap="sm" mb="sm">
              <Tabs
                label="Which tasks"
                tabs={[tab('mine', 'Mine'), tab('nobodys', 'Nobody’s'), tab('all', 'All'), tab('done', 'Done')]}
              />
              <Form method="get" role="search">
                <Group gap="xs" wrap="nowrap">
                  <input type="hidden" name="show" value={show} />
                  <TextInput
                    key={q}
                    type="search"
                    name="q"
                    defaultValue={q}
                    aria-label="Search tasks by what is to be done or whom it is about"
                    placeholder="Task, person"
                    leftSection={<IconSearch size={16} aria-hidden />}
                    w={200}
                  />
                  <Button type="submit" variant="default">
                    Search
                  </Button>
                </Group>
              </Form>
            </Group>
            {tasks.length === 0 ? (
              <Text c="dimmed" py="md">
                {q ? `None matches “${q}”.` : NONE[show]}{' '}
                {show === 'mine' && counts.nobodys > 0 && !q ? (
                  <Anchor component={Link} to={address({ show: 'nobodys' })} inherit underline="always">
                    {counts.nobodys === 1 ? 'One is nobody’s yet' : `${counts.nobodys} are nobody’s yet`}
                  </Anchor>
                ) : null}
              </Text>
            ) : (
              <TaskList tasks={tasks} back={`/office/tasks${address({ page: String(page) })}`} />
            )}
            <PageLinks page={page} pages={pages} total={total} many="tasks" to={(to) => address({ page: String(to) })} />
          </section>
        )}
      </Stack>
    </>
  );
}
