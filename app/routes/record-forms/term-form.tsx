import { SimpleGrid, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

const labels = { name: 'Name', startsOn: 'First day', endsOn: 'Last day' };

export function TermForm({ initial, answer, version, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/terms"
    >
      <TextInput {...field('name')} label={labels.name} withAsterisk required autoComplete="off" maw={400} />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" maw={400}>
        <TextInput {...field('startsOn')} type="date" label={labels.startsOn} withAsterisk required />
        <TextInput {...field('endsOn')} type="date" label={labels.endsOn} withAsterisk required />
      </SimpleGrid>
    </RecordForm>
  );
}
