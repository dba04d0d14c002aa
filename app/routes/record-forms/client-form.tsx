import { Checkbox, NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { CLIENT_STATUSES, clientStatusNames } from '#app/domain/people/people-filter.ts';
import { customLabels } from '#app/ui/custom-form.ts';
import { CustomInputs } from '#app/ui/custom-inputs.tsx';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { TagPicker } from '#app/ui/tag-picker.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { LanguageSelect } from './language-select.tsx';
import { ZoneSelect } from './zone-select.tsx';

interface ClientFormProps {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  billingModes: { id: string; name: string }[];
  /** The organisation's. */
  defaultBilling: string | null;
  zones: string[];
  tags: readonly string[];
  /** What an admin added, of it what this reader may fill in. */
  custom: readonly CustomField[];
  submit: string;
  cancelTo: string;
}

const labels = {
  name: 'Name',
  email: 'E-mail',
  phone: 'Phone',
  address: 'Address',
  timezone: 'Time zone',
  locale: 'Language of mails',
  billingInstallId: 'Billing',
  notes: 'Notes for the office',
  status: 'Where they stand',
  tags: 'Tags',
};

export function ClientForm({
  initial,
  answer,
  version,
  billingModes,
  defaultBilling,
  zones,
  tags,
  custom,
  submit,
  cancelTo,
}: ClientFormProps) {
  const form = recordFields(initial, answer);
  const { field, chosen } = form;
  const changes = version !== undefined;
  return (
    <RecordForm
      answer={answer}
      {...(changes ? { version } : {})}
      labels={{ ...labels, ...customLabels(custom) }}
      submit={submit}
      cancelTo={cancelTo}
    >
      <FormSection title="Who pays">
        <TextInput
          {...field('name')}
          label={labels.name}
          withAsterisk
          required
          autoComplete="off"
          description="A parent, a school, or an adult who learns: as it stands on the invoice"
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput
            {...field('email')}
            type="email"
            label={labels.email}
            autoComplete="off"
            description="Confirmations and invoices go here"
          />
          <TextInput {...field('phone')} type="tel" label={labels.phone} autoComplete="off" />
        </SimpleGrid>
        <Textarea
          {...field('address')}
          label={labels.address}
          autosize
          minRows={2}
          description={changes ? 'Issued invoices keep the address they were issued with' : undefined}
        />
        <ZoneSelect {...field('timezone')} zones={zones} label={labels.timezone} none="As the organisation" />
        <LanguageSelect {...field('locale')} label={labels.locale} none="As the organisation" />
      </FormSection>
      <FormSection title="Money">
        <ChoiceSelect
          {...field('billingInstallId')}
          choices={billingModes}
          label={labels.billingInstallId}
          none={defaultBilling ? `As the organisation (${defaultBilling})` : 'As the organisation'}
          description={changes ? 'Holds for sessions booked from now on; those booked already stay as they are' : undefined}
        />
      </FormSection>
      <FormSection title="In the office’s lists">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <NativeSelect
            {...field('status')}
            defaultValue={field('status').defaultValue || 'active'}
            label={labels.status}
            description="A prospect has asked, and is not taught yet"
            data={CLIENT_STATUSES.map((value) => ({ value, label: clientStatusNames[value] }))}
          />
          <TagPicker field={field('tags')} label={labels.tags} choices={tags} />
        </SimpleGrid>
      </FormSection>
      {changes ? null : (
        <Checkbox
          name="learnsToo"
          defaultChecked={chosen('learnsToo', 'on')}
          label="This person learns too"
          description="Adds a student of the same name, for an adult who pays for their own lessons"
        />
      )}
      <CustomInputs fields={custom} form={form} />
      <Textarea {...field('notes')} label={labels.notes} description="Tutors and families never see these" autosize minRows={2} />
    </RecordForm>
  );
}
