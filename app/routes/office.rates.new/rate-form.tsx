import { Radio, SimpleGrid, Text, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { RateChoices } from '../record-forms/rate-choices.server.ts';
import styles from './rate-form.module.css';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  choices: RateChoices;
  currency: string;
  back: { to: string };
}

const labels = {
  side: 'What it is for',
  programId: 'Program',
  subjectId: 'Subject',
  tutorId: 'Tutor',
  studentId: 'Student',
  basis: 'By',
  amountPerHour: 'Amount',
  percent: 'Share of the fees, %',
  minimum: 'At least, a session',
  note: 'Note',
  validFrom: 'From',
  validTo: 'Until, not including',
};

export function RateForm({ initial, answer, choices, currency, back }: Props) {
  const { field } = recordFields(initial, answer);
  const side = field('side');
  const basis = field('basis');
  return (
    <RecordForm answer={answer} labels={labels} submit="Add rate" cancelTo={back.to}>
      <div className={styles.asked}>
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
          <Radio.Group name="basis" label={labels.basis} defaultValue={basis.defaultValue} error={basis.error} id="basis">
            <SimpleGrid cols={{ base: 1, sm: 3 }} mt={6} spacing="sm">
              <Radio value="per_hour" label="The hour" description="By the minutes taught" />
              <Radio value="per_session" label="The session" description="Whatever its length" />
              <Radio
                value="percent"
                label="A share of the fees"
                description="Of what its places cost in full"
                classNames={{ root: styles.payOnly ?? '' }}
              />
            </SimpleGrid>
          </Radio.Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              {...field('amountPerHour')}
              label={`${labels.amountPerHour}, ${currency}`}
              inputMode="decimal"
              withAsterisk
              classNames={{ root: styles.amount ?? '' }}
            />
            <TextInput
              {...field('percent')}
              label={labels.percent}
              inputMode="decimal"
              withAsterisk
              classNames={{ root: styles.percent ?? '' }}
            />
            <TextInput
              {...field('minimum')}
              label={`${labels.minimum}, ${currency}`}
              inputMode="decimal"
              description="Empty: no least amount. Of a session that pays less than in full, that much of it."
              classNames={{ root: styles.payOnly ?? '' }}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
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
          <TextInput
            {...field('note')}
            label={labels.note}
            maxLength={500}
            description="For the office alone: what was agreed, and with whom"
          />
        </FormSection>
      </div>
    </RecordForm>
  );
}
