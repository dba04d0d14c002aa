import { NativeSelect, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ZoneSelect } from '../record-forms/zone-select.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version: number;
  /** Amounts are posted: zone and currency stay. */
  fixed: boolean;
  zones: string[];
  currencies: string[];
  locales: { value: string; label: string }[];
}

const labels = {
  name: 'Name',
  address: 'Address',
  email: 'E-mail',
  phone: 'Phone',
  supportContact: 'Support contact',
  taxNumber: 'Tax number',
  locale: 'Language and region',
  timezone: 'Time zone',
  currency: 'Currency',
};

export function OrganisationForm({ initial, answer, version, fixed, zones, currencies, locales }: Props) {
  const { field } = recordFields(initial, answer);
  const [zone, currency] = [field('timezone'), field('currency')];
  return (
    <RecordForm answer={answer} version={version} labels={labels} submit="Save" cancelTo="/office/settings">
      <FormSection title="On invoices and mails">
        <TextInput {...field('name')} label={labels.name} withAsterisk required autoComplete="organization" />
        <Textarea
          {...field('address')}
          label={labels.address}
          autosize
          minRows={2}
          description="Invoices already issued keep the one they were issued with"
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...field('email')} type="email" label={labels.email} />
          <TextInput {...field('phone')} type="tel" label={labels.phone} />
          <TextInput {...field('taxNumber')} label={labels.taxNumber} />
          <TextInput
            {...field('supportContact')}
            label={labels.supportContact}
            description="Shown beside every online session: a number or an address"
          />
        </SimpleGrid>
      </FormSection>
      <FormSection title="Time and money">
        <Text size="sm" c="dimmed">
          {fixed
            ? 'The time zone and the currency are fixed, because amounts have been posted: the zone decides on which day a session counts, and every amount is in this currency.'
            : 'The time zone and the currency can be changed until the first amount is posted, such as the first session that is closed out. Then they are fixed.'}
        </Text>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          {fixed ? (
            <>
              <TextInput {...zone} label={labels.timezone} readOnly />
              <TextInput {...currency} label={labels.currency} readOnly />
            </>
          ) : (
            <>
              <ZoneSelect {...zone} zones={zones} label={labels.timezone} />
              <NativeSelect {...currency} label={labels.currency} data={currencies} />
            </>
          )}
          <NativeSelect
            {...field('locale')}
            label={labels.locale}
            data={locales}
            description="How dates and amounts are written"
          />
        </SimpleGrid>
      </FormSection>
    </RecordForm>
  );
}
