import { Checkbox, Group, Paper, SimpleGrid, Stack, TextInput, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node';
import { Form, useActionData, useLoaderData } from '@remix-run/react';
import { actorOf, authorize } from '#app/auth/authorize.server.ts';
import { listOfficeChoices } from '#app/domain/requests/request-choices.server.ts';
import { editTaskRule } from '#app/domain/tasks/edit-task-rule.server.ts';
import { listTaskRules } from '#app/domain/tasks/queries.server.ts';
import { taskRuleSchema } from '#app/domain/tasks/task.schema.ts';
import { TASK_EVENTS } from '#app/domain/tasks/task-events.ts';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { asFormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { readRecord, refusedForm, refusedRecord } from '#app/ui/record-form.server.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

export const meta: MetaFunction = () => [{ title: 'Task rules · Lectern' }];

const PATH = '/office/settings/task-rules';

export async function loader(args: LoaderFunctionArgs) {
  await authorize(args, 'organisation.manage');
  const [rules, office] = await Promise.all([listTaskRules(args.context.db), listOfficeChoices(args.context.db)]);
  return { rules, office };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'organisation.manage');
  const { context } = args;
  const form = await args.request.formData();
  const read = readRecord(taskRuleSchema, form, { shape: (input) => ({ enabled: false, ...input }) });
  if (!read.ok) return refusedForm(read.answer);
  try {
    await editTaskRule(context.db, actorOf(user, context), read.value);
    return redirect(`${PATH}#${read.value.event}`);
  } catch (error) {
    return refusedRecord(error, form, async () => ({}));
  }
}

type Rule = Awaited<ReturnType<typeof loader>>['rules'][number];

const labels = { title: 'Task', dueInDays: 'Days to do it', assigneeId: 'Whose' };

export default function TaskRules() {
  const { rules, office } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title="Task rules"
        back={{ to: '/office/settings', label: 'Settings' }}
        description="What happens makes a task for the office by itself. A task of a request goes to who works on it, unless the rule names somebody."
      />
      <Stack gap="md" maw={900}>
        {rules.map((rule) => (
          <RuleForm
            key={`${rule.event} ${rule.version}`}
            rule={rule}
            office={office}
            answer={answer?.values.event?.[0] === rule.event ? answer : undefined}
          />
        ))}
      </Stack>
    </>
  );
}

function RuleForm({
  rule,
  office,
  answer,
}: {
  rule: Rule;
  office: { id: string; name: string }[];
  answer: RecordAnswer | undefined;
}) {
  const { title, dueInDays, assigneeId } = rule;
  const fields = recordFields(asFormValues({ title, dueInDays, assigneeId, enabled: rule.enabled ? 'on' : '' }), answer);
  const field = (name: string) => ({ ...fields.field(name), id: `${rule.event}-${name}` });
  const when = TASK_EVENTS[rule.event].when;
  return (
    <Paper withBorder radius="md" p="md" id={rule.event} component="section" aria-label={when}>
      <Form method="post" noValidate preventScrollReset>
        <input type="hidden" name="event" value={rule.event} />
        <input type="hidden" name="version" value={answer?.conflict?.version ?? rule.version} />
        <Stack gap="sm">
          <Group justify="space-between">
            <Title order={2} size="h4">
              {when}
            </Title>
            <Checkbox name="enabled" label="Makes a task" defaultChecked={fields.chosen('enabled', 'on')} />
          </Group>
          <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
          <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <TextInput {...field('title')} label={labels.title} maxLength={200} autoComplete="off" />
            <TextInput {...field('dueInDays')} type="number" min={0} max={365} label={labels.dueInDays} />
            <ChoiceSelect {...field('assigneeId')} label={labels.assigneeId} none="Who works on it, or nobody" choices={office} />
          </SimpleGrid>
          <Group>
            <SubmitButton variant="default" size="xs">
              Save
            </SubmitButton>
          </Group>
        </Stack>
      </Form>
    </Paper>
  );
}
