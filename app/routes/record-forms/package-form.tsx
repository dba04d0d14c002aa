import { Checkbox, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from './choice-select.tsx';

interface Props {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  submit: string;
  choices: { currency: string; per: 'session' | 'hour'; programs: readonly { id: string; name: string }[] };
}

export function PackageForm({ initial, answer, version, submit, choices }: Props) {
  const { field, chosen } = recordFields(initial, answer);
  const counted = choices.per === 'session' ? 'Sessions' : 'Hours';
  const labels = {
    name: 'Name',
    description: 'What families read',
    credits: counted,
    price: `Price, net (${choices.currency})`,
    taxPercent: 'Tax %',
    validDays: 'Valid for days',
    programId: 'Program',
  };
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo="/office/settings/packages"
    >
      <TextInput
        {...field('name')}
        label={labels.name}
        description="As it stands on the invoice, such as “Ten lessons”"
        withAsterisk
        required
        autoComplete="off"
        maw={420}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
        <TextInput
          {...field('credits')}
          label={labels.credits}
          description={choices.per === 'session' ? 'One credit each' : 'A credit for each minute'}
          inputMode="decimal"
          withAsterisk
          required
        />
        <TextInput {...field('price')} label={labels.price} inputMode="decimal" withAsterisk required />
        <TextInput {...field('taxPercent')} label={labels.taxPercent} inputMode="decimal" />
      </SimpleGrid>
      <FormSection title="What it serves">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <ChoiceSelect {...field('programId')} label={labels.programId} none="Every program" choices={choices.programs} />
          <TextInput
            {...field('validDays')}
            label={labels.validDays}
            description="From the day it is bought; empty: without an end"
            inputMode="numeric"
          />
        </SimpleGrid>
        <Checkbox
          name="perStudent"
          defaultChecked={chosen('perStudent', 'on')}
          label="For one child alone"
          description="Chosen when it is sold. Otherwise the whole family books with it."
        />
      </FormSection>
      <FormSection title="For families">
        <Textarea {...field('description')} label={labels.description} autosize minRows={2} maxLength={500} />
        <Checkbox
          name="inStorefront"
          defaultChecked={chosen('inStorefront', 'on')}
          label="Shown to families"
          description="On the booking page and beside their credits. Whether they buy it themselves is set under Credits."
        />
      </FormSection>
    </RecordForm>
  );
}
