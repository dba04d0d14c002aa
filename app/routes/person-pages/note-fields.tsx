import { Checkbox, NativeSelect, Textarea } from '@mantine/core';
import type { AboutType } from '#app/domain/people/about.ts';
import type { FormValues, RecordAnswer } from '#app/ui/record-answer.ts';
import { recordFields } from '#app/ui/record-answer.ts';
import { visibilityChoices } from './person-words.ts';

interface Props {
  type: AboutType;
  mayHide: boolean;
  initial: FormValues;
  answer: RecordAnswer | undefined;
}

export const noteLabels = { body: 'Note', visibility: 'Who sees it' };

export function NoteFields({ type, mayHide, initial, answer }: Props) {
  const { field, chosen } = recordFields(initial, answer);
  return (
    <>
      <Textarea {...field('body')} label={noteLabels.body} autosize minRows={3} required withAsterisk={false} />
      <NativeSelect {...field('visibility')} label={noteLabels.visibility} data={visibilityChoices(type, mayHide)} />
      <Checkbox
        name="pinned"
        defaultChecked={chosen('pinned', 'on')}
        label="Pinned"
        description="Stands on the overview, before everything else"
      />
    </>
  );
}
