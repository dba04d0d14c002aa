import { Radio, SimpleGrid, Text, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { RateChoices } from '../record-forms/rate-choices.server.ts';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  choices: RateChoices;
  currency: string;
}

const labels = {
  side: 'What it is for',
  programId: 'Program',
  subjectId: 'Subject',
  tutorId: 'Tutor',
  studentId: 'Student',
  amountPerHour: 'Amount an hour',
  validFrom: 'From',
  validTo: 'Until, not including',
};

export function RateForm({ initial, answer, choices, currency }: Props) {
  const { field } = recordFields(initial, answer);
  const side = field('side');
  return (
    <RecordForm answer={answer} labels={labels} submit="Add rate" cancelTo="/office/rates">
      <Radio.Group name="side" label={labels.side} defaultValue={side.defaultValue} error={side.error} id="side">
        <SimpleGrid cols={{ base: 1, sm: 2 }} mt={6} spacing="sm">
          <Radio value="charge" label="The client is charged it" description="Net; tax comes from the program" />
          <Radio value="pay" label="The tutor is paid it" description="A scheduler never sees these" />
        </SimpleGrid>
      </Radio.Group>
      <FormSection title="Holds for">
        <Text size="sm" c="dimmed">
          Leave blank what makes no difference. A rate for a student beats one for a tutor, then subject, then program.
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <ChoiceSelect {...field('programId')} label={labels.programId} none="Any program" choices={choices.programs} />
          <ChoiceSelect {...field('subjectId')} label={labels.subjectId} none="Any subject" choices={choices.subjects} />
          <ChoiceSelect {...field('tutorId')} label={labels.tutorId} none="Any tutor" choices={choices.tutors} />
          <ChoiceSelect {...field('studentId')} label={labels.studentId} none="Any student" choices={choices.students} />
        </SimpleGrid>
      </FormSection>
      <FormSection title="Amount and dates">
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <TextInput
            {...field('amountPerHour')}
            label={`${labels.amountPerHour}, ${currency}`}
            inputMode="decimal"
            withAsterisk
            required
          />
          <TextInput
            {...field('validFrom')}
            type="date"
            label={labels.validFrom}
            withAsterisk
            required
            description="The first day it holds"
          />
          <TextInput {...field('validTo')} type="date" label={labels.validTo} description="Empty: without an end" />
        </SimpleGrid>
      </FormSection>
    </RecordForm>
  );
}
