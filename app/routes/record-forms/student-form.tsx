import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { customLabels } from '#app/ui/custom-form.ts';
import { CustomInputs } from '#app/ui/custom-inputs.tsx';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { TagPicker } from '#app/ui/tag-picker.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { LanguageSelect } from './language-select.tsx';
import { ZoneSelect } from './zone-select.tsx';

interface StudentFormProps {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  clients: { id: string; name: string }[];
  zones: string[];
  tags: readonly string[];
  /** What an admin added, of it what this reader may fill in. */
  custom: readonly CustomField[];
  submit: string;
  cancelTo: string;
}

const labels = {
  clientId: 'Client who pays',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  grade: 'Grade or year',
  timezone: 'Time zone',
  locale: 'Language of mails',
  notes: 'Notes for the office',
  tags: 'Tags',
};

export function StudentForm({ initial, answer, version, clients, zones, tags, custom, submit, cancelTo }: StudentFormProps) {
  const form = recordFields(initial, answer);
  const { field } = form;
  const changes = version !== undefined;
  return (
    <RecordForm
      answer={answer}
      {...(changes ? { version } : {})}
      labels={{ ...labels, ...customLabels(custom) }}
      submit={submit}
      cancelTo={cancelTo}
    >
      <FormSection title="Who learns">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...field('firstName')} label={labels.firstName} withAsterisk required autoComplete="off" />
          <TextInput {...field('lastName')} label={labels.lastName} autoComplete="off" />
          <TextInput
            {...field('email')}
            type="email"
            label={labels.email}
            autoComplete="off"
            description="Needed only if the student signs in"
          />
          <TextInput {...field('grade')} label={labels.grade} autoComplete="off" />
        </SimpleGrid>
        <ZoneSelect {...field('timezone')} zones={zones} label={labels.timezone} none="As the client" />
        <LanguageSelect {...field('locale')} label={labels.locale} none="As the organisation" />
        <TagPicker field={field('tags')} label={labels.tags} choices={tags} />
      </FormSection>
      <FormSection title="Who pays">
        <ChoiceSelect
          {...field('clientId')}
          choices={clients}
          label={labels.clientId}
          withAsterisk
          required
          none="Choose a client"
          description={
            changes ? 'With another client, sessions already booked stay with the one who was to pay for them' : undefined
          }
        />
      </FormSection>
      <CustomInputs fields={custom} form={form} />
      <Textarea {...field('notes')} label={labels.notes} description="Tutors and families never see these" autosize minRows={2} />
    </RecordForm>
  );
}
