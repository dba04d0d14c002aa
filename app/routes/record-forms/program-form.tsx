import { Checkbox, NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import type { Trial, TrialFields } from '../policy-pages/trial-view.ts';
import { TryPanel } from '../policy-pages/try-panel.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { PolicyFields, policyFieldLabels } from './policy-fields.tsx';
import { BASES, KINDS } from './program-words.ts';
import { hasOverrides, SchedulingOverrides, schedulingLabels } from './scheduling-fields.tsx';

interface ProgramFormProps {
  initial: FormValues;
  answer: (RecordAnswer & { trial?: Trial }) | undefined;
  version?: number;
  providers: { id: string; name: string }[];
  /** The organisation's, shown where the program says nothing. */
  inherited: {
    durations: string;
    gridMinutes: string;
    provider: string | null;
    policy: Record<string, string>;
    rules: Record<string, string>;
  };
  /** Of a program there is: what its rules can be tried on. */
  trial?: TrialFields;
  submit: string;
  cancelTo: string;
}

const labels: Record<string, string> = {
  name: 'Name',
  kind: 'Kind',
  capacity: 'Students at most',
  chargeBasis: 'How a session is charged',
  taxPercent: 'Tax, %',
  description: 'Description',
  durations: 'Lengths to choose from',
  defaultDuration: 'Usual length',
  gridMinutes: 'Sessions begin every',
  meetingInstallId: 'Where it takes place',
  ...policyFieldLabels('policyOverrides.'),
  ...Object.fromEntries(Object.entries(schedulingLabels).map(([name, label]) => [`schedulingOverrides.${name}`, label])),
};

export function ProgramForm({ initial, answer, version, providers, inherited, trial, submit, cancelTo }: ProgramFormProps) {
  const { field, chosen } = recordFields(initial, answer);
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo={cancelTo}
    >
      <FormSection title="What it is">
        <TextInput {...field('name')} label={labels.name} withAsterisk required autoComplete="off" />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <NativeSelect
            {...field('kind')}
            label={labels.kind}
            data={Object.entries(KINDS).map(([value, label]) => ({ value, label }))}
          />
          <TextInput
            {...field('capacity')}
            type="number"
            min={1}
            max={500}
            label={labels.capacity}
            description="One-to-one takes 1"
          />
        </SimpleGrid>
        <Textarea {...field('description')} label={labels.description} autosize minRows={2} />
      </FormSection>
      <FormSection title="Money">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <NativeSelect
            {...field('chargeBasis')}
            label={labels.chargeBasis}
            data={Object.entries(BASES).map(([value, label]) => ({ value, label }))}
          />
          <TextInput
            {...field('taxPercent')}
            inputMode="decimal"
            label={labels.taxPercent}
            description="Prices are net; tax is added on the invoice"
          />
        </SimpleGrid>
      </FormSection>
      <FormSection title="Sessions">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput
            {...field('durations')}
            label={labels.durations}
            placeholder={inherited.durations}
            description="Minutes with commas between them. Empty: the organisation's"
          />
          <TextInput
            {...field('defaultDuration')}
            type="number"
            min={5}
            max={720}
            label={labels.defaultDuration}
            description="Minutes"
          />
          <TextInput
            {...field('gridMinutes')}
            type="number"
            min={1}
            max={60}
            label={`${labels.gridMinutes} … minutes`}
            placeholder={inherited.gridMinutes}
            description="Empty: the organisation's"
          />
        </SimpleGrid>
        <ChoiceSelect
          {...field('meetingInstallId')}
          choices={providers}
          label={labels.meetingInstallId}
          none={inherited.provider ? `As the organisation (${inherited.provider})` : 'As the organisation'}
        />
      </FormSection>
      <Checkbox
        name="inStorefront"
        label="Guests can book it on the public booking page"
        defaultChecked={chosen('inStorefront', 'on')}
      />
      <SchedulingOverrides
        field={field}
        inherited={inherited.rules}
        title="Rules of planning for this program"
        open={hasOverrides(answer?.values ?? initial)}
      />
      <p style={{ margin: 0 }}>
        Rules below hold for this program alone. Where a field is empty, the organisation’s value, shown in grey, holds. Sessions
        already booked keep the rules they were booked under.
      </p>
      <PolicyFields
        field={field}
        prefix="policyOverrides."
        inherited={inherited.policy}
        noSteps={chosen('policyOverrides.late_cancel.no_steps', 'on')}
      />
      {trial ? <TryPanel {...trial} field={field} trial={answer?.trial} /> : null}
    </RecordForm>
  );
}
