import { SimpleGrid, TextInput } from '@mantine/core';
import { REQUIRED, requiredWords } from '#app/domain/clearances/clearance.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
}

const labels = { name: 'Name', required: 'Who needs it', validMonths: 'Good for months', remindDays: 'Reminders' };

/** A kind of clearance: who needs it, how long one is good, and when is reminded. */
export function ClearanceTypeForm({ initial, answer, version, submit }: Props) {
  const { field } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/clearances"
    >
      <TextInput
        {...field('name')}
        label={labels.name}
        withAsterisk
        required
        autoComplete="off"
        placeholder="Background check"
        maw={400}
      />
      <ChoiceSelect
        {...field('required')}
        choices={REQUIRED.map((id) => ({ id, name: requiredWords[id] }))}
        label={labels.required}
        description="Without a valid one a tutor is not matched to new students. What is planned stays."
        maw={400}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          {...field('validMonths')}
          inputMode="numeric"
          label={labels.validMonths}
          placeholder="For ever"
          description="From its issue on, where the paper doesn’t say until when"
        />
        <TextInput
          {...field('remindDays')}
          label={labels.remindDays}
          placeholder="None"
          description="Days before it runs out on which tutor and office get a mail; 0 is its last day"
        />
      </SimpleGrid>
    </RecordForm>
  );
}
