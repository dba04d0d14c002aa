import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { RecordField } from '#app/ui/record-answer.ts';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

export const taskLabels: Record<string, string> = {
  title: 'What is to be done',
  body: 'Notes',
  assigneeId: 'Who does it',
  dueOn: 'By',
  about: 'About',
};

interface Props {
  field: (name: string) => RecordField;
  office: readonly { id: string; name: string }[];
}

export function TaskFields({ field, office }: Props) {
  return (
    <>
      <TextInput {...field('title')} label={taskLabels.title} withAsterisk required maxLength={200} autoComplete="off" />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <ChoiceSelect {...field('assigneeId')} label={taskLabels.assigneeId} none="Nobody yet" choices={office} />
        <TextInput {...field('dueOn')} type="date" label={taskLabels.dueOn} />
      </SimpleGrid>
      <Textarea {...field('body')} label={taskLabels.body} autosize minRows={2} />
    </>
  );
}
