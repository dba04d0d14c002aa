import { TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

export function SubjectForm({ initial, answer, version, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={{ name: 'Name' }}
      submit={submit}
      cancelTo="/office/subjects"
    >
      <TextInput {...field('name')} label="Name" withAsterisk required autoComplete="off" maw={400} />
    </RecordForm>
  );
}
