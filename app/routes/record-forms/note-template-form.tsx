import { Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from './choice-select.tsx';

export interface NoteTemplateChoices {
  programs: { id: string; name: string }[];
  subjects: { id: string; name: string }[];
}

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  choices: NoteTemplateChoices;
  submit: string;
}

export function NoteTemplateForm({ initial, answer, version, choices, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={{ name: 'Name', body: 'Text', programId: 'Program', subjectId: 'Subject' }}
      submit={submit}
      cancelTo="/office/settings/note-templates"
    >
      <TextInput
        {...field('name')}
        label="Name"
        description="As it stands on the button under the notes"
        withAsterisk
        required
        autoComplete="off"
        maw={400}
      />
      <Textarea
        {...field('body')}
        label="Text"
        description="What notes begin with; tutors write on from there"
        withAsterisk
        required
        rows={8}
        resize="vertical"
      />
      <ChoiceSelect {...field('programId')} label="Program" none="Any program" choices={choices.programs} maw={400} />
      <ChoiceSelect {...field('subjectId')} label="Subject" none="Any subject" choices={choices.subjects} maw={400} />
    </RecordForm>
  );
}
