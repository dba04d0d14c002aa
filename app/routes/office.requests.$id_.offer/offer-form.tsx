import { NativeSelect, Radio, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { WHO_LABELS } from '#app/domain/scheduling/rights-words.ts';
import { WHO_MAY_SCHEDULE } from '#app/domain/scheduling/scheduling-rules.ts';
import { type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import type { OfferPage } from './load-offer-form.server.ts';
import { TimesRows } from './times-rows.tsx';
import { TutorRows } from './tutor-rows.tsx';

export const offerLabels: Record<string, string> = {
  tutorIds: 'Tutors',
  programId: 'Program',
  times: 'Weekly times',
  'terms.startsOn': 'From',
  'terms.endsOn': 'Until',
  'terms.sessionMinutes': 'Minutes a session',
  'terms.mode': 'Online or in person',
  'terms.placeId': 'Place',
  'terms.location': 'Address or area',
  chargeRate: 'The family pays',
  payRate: 'The tutor is paid',
  whoMaySchedule: 'Who may schedule',
  message: 'Message',
  answerHours: 'Hours to answer',
};

interface Props {
  form: NonNullable<OfferPage['form']>;
  answer: RecordAnswer | undefined;
  cancelTo: string;
}

/** Whom it is offered to, and what would begin. */
export function OfferForm({ form, answer, cancelTo }: Props) {
  const { field, chosen } = recordFields(form.initial, answer);
  const values = answer?.values ?? form.initial;
  const labels = offerLabels;
  const several = form.tutors.length > 1;
  return (
    <RecordForm answer={answer} labels={labels} submit="Send the offer" cancelTo={cancelTo}>
      <input type="hidden" name="id" value={answer?.values.id?.[0] ?? form.id} />
      <FormSection title="Whom to ask">
        <TutorRows form={form} values={values} error={answer?.errors.tutorIds} />
        {several ? (
          <Radio.Group
            name="kind"
            label="If you choose several"
            defaultValue={chosen('kind', 'all') || (form.all && !answer) ? 'all' : 'in_order'}
          >
            <Radio
              value="in_order"
              mt={6}
              label="One after the other"
              description="The next is asked when one declines or doesn’t answer in time"
            />
            <Radio
              value="all"
              mt={6}
              label="All at once"
              description="The first to accept has the student; the others are told"
            />
          </Radio.Group>
        ) : (
          <input type="hidden" name="kind" value="in_order" />
        )}
      </FormSection>
      <FormSection title="What would begin">
        <TimesRows values={values} error={answer?.errors.times} />
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
          <TextInput {...field('terms.startsOn')} type="date" label={labels['terms.startsOn']} withAsterisk required />
          <TextInput
            {...field('terms.endsOn')}
            type="date"
            label={labels['terms.endsOn']}
            description="The last day. Empty: open"
          />
          <TextInput
            {...field('terms.sessionMinutes')}
            type="number"
            min={5}
            max={720}
            label={labels['terms.sessionMinutes']}
            withAsterisk
          />
          <NativeSelect
            {...field('terms.mode')}
            label={labels['terms.mode']}
            data={[
              { value: 'online', label: 'Online' },
              { value: 'in_person', label: 'In person' },
            ]}
          />
          <ChoiceSelect
            {...field('terms.placeId')}
            none="None"
            choices={form.places}
            label={labels['terms.placeId']}
            description="In person"
          />
          <TextInput
            {...field('terms.location')}
            label={labels['terms.location']}
            description="In person; tutors see it once engaged"
          />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <ChoiceSelect {...field('programId')} none="Choose" choices={form.programs} label={labels.programId} withAsterisk />
          <NativeSelect
            {...field('whoMaySchedule')}
            label={labels.whoMaySchedule}
            data={[
              { value: '', label: WHO_LABELS[''] },
              ...WHO_MAY_SCHEDULE.map((value) => ({ value, label: WHO_LABELS[value] })),
            ]}
          />
        </SimpleGrid>
        {form.maySetRates ? (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <TextInput
              {...field('chargeRate')}
              inputMode="decimal"
              label={`${labels.chargeRate}, per hour (${form.currency})`}
              description="Empty: as the rates say. Holds for this student and tutor from the first day"
            />
            <TextInput
              {...field('payRate')}
              inputMode="decimal"
              label={`${labels.payRate}, per hour (${form.currency})`}
              description="Empty: as the rates say"
            />
          </SimpleGrid>
        ) : (
          <Text size="sm" c="dimmed">
            Prices are as the rates say.
          </Text>
        )}
      </FormSection>
      <FormSection title="How it is put">
        <Textarea
          {...field('message')}
          label={labels.message}
          description="The tutors read it. Leave out the family’s name and numbers"
          autosize
          minRows={2}
        />
        <TextInput
          {...field('answerHours')}
          type="number"
          min={1}
          max={720}
          maw={200}
          label={labels.answerHours}
          description="For each; they are reminded"
        />
      </FormSection>
    </RecordForm>
  );
}
