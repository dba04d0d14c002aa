import { Group, Stack, Text, TextInput } from '@mantine/core';
import { Form } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { TaskList } from './task-list.tsx';
import type { TasksOf } from './tasks-of.server.ts';

/** What is to be done about a record, on its page, with a line to write down more. */
export function TasksPanel({ tasks: { tasks, office, about, back, formId, userId } }: { tasks: TasksOf }) {
  return (
    <Panel title="Tasks">
      <Stack gap="sm">
        {tasks.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing is to be done.
          </Text>
        ) : (
          <TaskList tasks={tasks} back={back} plain />
        )}
        {/* A new id when one was added: the field is empty again for the next. */}
        <Form method="post" action="/office/tasks?index" preventScrollReset key={formId}>
          <input type="hidden" name="intent" value="add" />
          <input type="hidden" name="id" value={formId} />
          <input type="hidden" name="about" value={about} />
          <input type="hidden" name="back" value={back} />
          <Group gap="xs" align="flex-end">
            <TextInput
              name="title"
              aria-label="What is to be done"
              placeholder="Add a task"
              maxLength={200}
              required
              autoComplete="off"
              flex="1 1 10rem"
            />
            <ChoiceSelect
              name="assigneeId"
              aria-label="Who does it"
              none="Nobody yet"
              choices={office}
              defaultValue={userId}
              maw={150}
            />
            <TextInput name="dueOn" type="date" aria-label="By" w={140} />
            <SubmitButton action="/office/tasks" variant="default">
              Add
            </SubmitButton>
          </Group>
        </Form>
      </Stack>
    </Panel>
  );
}
