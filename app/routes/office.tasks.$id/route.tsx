import { Anchor, Text } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Link, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listAudit } from '#app/domain/audit/queries.server.ts';
import { listOfficeChoices } from '#app/domain/requests/request-choices.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { editTask } from '#app/domain/tasks/edit-task.server.ts';
import { getTask } from '#app/domain/tasks/queries.server.ts';
import { taskEditSchema } from '#app/domain/tasks/task.schema.ts';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, recordFields } from '#app/ui/record-answer.ts';
import { Panel, RecordColumn, RecordColumns } from '#app/ui/record-facts.tsx';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { RecordHistory } from '#app/ui/record-history.tsx';
import { historyLine } from '#app/ui/record-history-words.ts';
import { found, recordIdOf } from '#app/ui/record-param.server.ts';
import { readerFor } from '../session-pages/load-session.server.ts';
import { TaskFields, taskLabels } from '../task-pages/task-fields.tsx';
import { TaskList } from '../task-pages/task-list.tsx';
import { viewTask } from '../task-pages/task-view.ts';

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.task.title ?? 'Task'} · Lectern` }];

const valuesOf = ({
  title,
  body,
  assigneeId,
  dueOn,
}: {
  title: string;
  body: string;
  assigneeId: string | null;
  dueOn: string | null;
}) => asFormValues({ title, body, assigneeId, dueOn });

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'task.manage');
  const { db } = args.context;
  const id = recordIdOf(args.params);
  const { organisation, reader } = await readerFor(user, args.context);
  const row = await found(getTask(db, localDateOf(reader.now, organisation.timezone), id));
  const [office, history] = await Promise.all([
    listOfficeChoices(db, row.assigneeId),
    listAudit(db, { subjectType: 'task', subjectId: id, limit: 20 }),
  ]);
  return { task: viewTask(row), office, initial: valuesOf(row), history: history.map(historyLine) };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'task.manage');
  const { context } = args;
  const id = recordIdOf(args.params);
  const form = await args.request.formData();
  const read = readRecord(taskEditSchema, form, { shape: (input) => ({ ...input, id }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editTask(context.db, context, actorOf(user, context), read.value);
    return redirect('/office/tasks');
  } catch (error) {
    return refusedRecord(error, form, async () => valuesOf(await getTask(context.db, '9999-12-31', id)));
  }
}

export default function Task() {
  const { task, office, initial, history } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const { field } = recordFields(initial, answer);
  return (
    <>
      <PageHeader title={task.title} back={{ to: '/office/tasks', label: 'Tasks' }} description={task.why} />
      <RecordColumns>
        <RecordColumn>
          <TaskList tasks={[task]} back={`/office/tasks/${task.id}`} />
          <RecordForm answer={answer} version={task.version} labels={taskLabels} submit="Save" cancelTo="/office/tasks">
            <TaskFields field={field} office={office} />
          </RecordForm>
          {task.about ? (
            <Text size="sm">
              About{' '}
              <Anchor component={Link} to={task.about.to} size="sm">
                {task.about.name || `the ${task.about.kind}`}
              </Anchor>
            </Text>
          ) : null}
        </RecordColumn>
        <RecordColumn>
          <Panel title="History">
            <RecordHistory lines={history} />
          </Panel>
        </RecordColumn>
      </RecordColumns>
    </>
  );
}
