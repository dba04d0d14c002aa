import { Checkbox, Radio, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { RequestChoices } from '#app/domain/requests/request-choices.server.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { requestLabels as labels } from './request-words.ts';
import styles from './who-fields.module.css';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  choices: Pick<RequestChoices, 'students' | 'clients'>;
}

/** Whom it is for: somebody known, another child of a known client, or a family nobody knows yet. Which fields show is the style sheet's. */
export function WhoFields({ initial, answer, choices }: Props) {
  const { field, chosen } = recordFields(initial, answer);
  const kind = (value: string) => ({ name: 'who', value, defaultChecked: chosen('who', value) });
  return (
    <FormSection title="Who it is for">
      <div className={styles.who}>
        <Stack gap="xs" mb="md" role="radiogroup" aria-label={labels.who}>
          <Radio {...kind('new')} label="A new family" />
          <Radio {...kind('student')} label="A student we know" disabled={choices.students.length === 0} />
          <Radio {...kind('new_student')} label="Another child of a client we know" disabled={choices.clients.length === 0} />
        </Stack>
        <div data-for="student">
          <ChoiceSelect {...field('studentId')} none="Choose" choices={choices.students} label={labels.studentId} withAsterisk />
        </div>
        <div data-for="new_student">
          <ChoiceSelect {...field('clientId')} none="Choose" choices={choices.clients} label={labels.clientId} withAsterisk />
        </div>
        <div data-for="new">
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <TextInput {...field('client.name')} label={labels['client.name']} withAsterisk autoComplete="off" />
            <TextInput {...field('client.phone')} type="tel" label={labels['client.phone']} autoComplete="off" />
            <TextInput {...field('client.email')} type="email" label={labels['client.email']} autoComplete="off" />
          </SimpleGrid>
          <Checkbox
            name="learnsToo"
            defaultChecked={chosen('learnsToo', 'on')}
            label="They learn themselves"
            mt="sm"
            data-learns
          />
        </div>
        <div data-for="new new_student" data-child>
          <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
            <TextInput {...field('student.firstName')} label={labels['student.firstName']} withAsterisk autoComplete="off" />
            <TextInput {...field('student.lastName')} label={labels['student.lastName']} autoComplete="off" />
            <TextInput {...field('student.grade')} label={labels['student.grade']} autoComplete="off" />
          </SimpleGrid>
        </div>
      </div>
    </FormSection>
  );
}
