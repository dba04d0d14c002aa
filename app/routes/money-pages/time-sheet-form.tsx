import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  kinds: readonly { id: string; name: string }[];
  /** Whose it is, where the office chooses. */
  whose?: ReactNode;
}

/** What was done, when and how long. */
export function TimeSheetFields({ initial, answer, kinds, whose }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <Stack gap="sm">
      {whose}
      <Group gap="sm" align="flex-start">
        <TextInput {...field('localDate')} type="date" label="Day" />
        <NativeSelect {...field('workKindId')} label="What" data={kinds.map((kind) => ({ value: kind.id, label: kind.name }))} />
        <TextInput {...field('minutes')} label="Minutes" inputMode="numeric" w={110} />
      </Group>
      <TextInput {...field('note')} label="Note" maxLength={500} maw={520} />
    </Stack>
  );
}

export const timeSheetLabels = { localDate: 'Day', workKindId: 'What', minutes: 'Minutes', note: 'Note', tutorId: 'Tutor' };
