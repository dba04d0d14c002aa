import { Checkbox, Group, List, NativeSelect, Paper, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { GOAL_STATES, goalStateNames } from '#app/domain/goals/goal.schema.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { ErrorSummary } from '#app/ui/error-summary.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import sections from '#app/ui/session-sections.module.css';
import { Prose } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { GoalView } from './goals-of.server.ts';

interface GoalsPageProps {
  name: string;
  goals: readonly GoalView[];
  subjects: readonly { id: string; name: string }[];
  /** A fresh id, so that sending the form twice adds once. */
  formId: string;
  answer: RecordAnswer | undefined;
}

const labels = { title: 'What is to be reached', description: 'How you will see it', subjectId: 'Subject', dueOn: 'By when' };

export function GoalsPage({ name, goals, subjects, formId, answer }: GoalsPageProps) {
  const edited = answer?.values.goalId?.[0];
  return (
    <Stack gap="lg" maw={760}>
      {goals.length === 0 ? (
        <EmptyState
          title="No goals yet"
          text={`What ${name} works towards. After each session the tutor says with a tap how far it is, and the family sees it grow.`}
        />
      ) : null}
      {goals.map((goal) => (
        <Goal
          key={`${goal.id} ${goal.version}`}
          goal={goal}
          subjects={subjects}
          answer={edited === goal.id ? answer : undefined}
        />
      ))}
      <section aria-labelledby="add-goal">
        <Title order={2} id="add-goal" mb="sm">
          Add a goal
        </Title>
        <GoalForm
          key={formId}
          initial={{ shared: ['on'] }}
          subjects={subjects}
          answer={edited === undefined ? answer : undefined}
          submit="Add goal"
          intent="add"
        >
          <input type="hidden" name="id" value={formId} />
        </GoalForm>
      </section>
    </Stack>
  );
}

function Goal({ goal, subjects, answer }: Pick<GoalsPageProps, 'subjects' | 'answer'> & { goal: GoalView }) {
  return (
    <Paper withBorder p="md" radius="md" component="article" id={goal.id} aria-label={goal.title}>
      <Title order={2} size="h3">
        {goal.title}
      </Title>
      <Text size="sm" c="dimmed">
        {goal.about}
      </Text>
      {goal.description ? <Prose>{goal.description}</Prose> : null}
      {goal.ratings.length > 0 ? (
        <details className={sections.more}>
          <summary>How far it was when</summary>
          <List size="sm" spacing={4}>
            {goal.ratings.map((rating) => (
              <List.Item key={rating.key}>{rating.text}</List.Item>
            ))}
          </List>
        </details>
      ) : null}
      <details className={sections.more} open={answer !== undefined}>
        <summary>Change</summary>
        <GoalForm
          initial={{
            title: [goal.title],
            description: [goal.description],
            subjectId: [goal.subjectId],
            dueOn: [goal.dueOn],
            status: [goal.status],
            shared: goal.shared ? ['on'] : [],
          }}
          subjects={subjects}
          answer={answer}
          submit="Save"
          intent="edit"
          withState
        >
          <input type="hidden" name="goalId" value={goal.id} />
          <input type="hidden" name="version" value={goal.version} />
        </GoalForm>
      </details>
    </Paper>
  );
}

interface GoalFormProps extends Pick<GoalsPageProps, 'subjects' | 'answer'> {
  initial: FormValues;
  submit: string;
  intent: string;
  withState?: boolean;
  children: React.ReactNode;
}

function GoalForm({ initial, subjects, answer, submit, intent, withState = false, children }: GoalFormProps) {
  const { field, chosen } = recordFields(initial, answer);
  const form = useFocusFirstError(answer);
  // Several of these forms stand on one page.
  const own = (name: string) => ({ ...field(name), id: undefined });
  return (
    <Form method="post" ref={form} noValidate preventScrollReset>
      {children}
      <Stack gap="sm">
        <ErrorSummary message={answer?.message} errors={answer?.errors} labels={labels} />
        <TextInput {...own('title')} label={labels.title} withAsterisk required autoComplete="off" />
        <Textarea {...own('description')} label={labels.description} rows={2} resize="vertical" />
        <Group grow align="start">
          <ChoiceSelect {...own('subjectId')} label={labels.subjectId} none="Any" choices={subjects} />
          <TextInput {...own('dueOn')} label={labels.dueOn} type="date" />
        </Group>
        {withState ? (
          <NativeSelect
            {...own('status')}
            label="How it stands"
            data={GOAL_STATES.map((state) => ({ value: state, label: goalStateNames[state] }))}
          />
        ) : null}
        <Checkbox name="shared" label="The family sees it" defaultChecked={chosen('shared', 'on')} />
        <Group>
          <SubmitButton name="intent" value={intent} variant="default">
            {submit}
          </SubmitButton>
        </Group>
      </Stack>
    </Form>
  );
}
