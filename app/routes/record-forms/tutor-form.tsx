import { Checkbox, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { hasOverrides, SchedulingOverrides, schedulingLabels } from './scheduling-fields.tsx';
import styles from './tutor-form.module.css';
import { ZoneSelect } from './zone-select.tsx';

interface TutorFormProps {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  subjects: { id: string; name: string }[];
  zones: string[];
  /** The organisation's rules of planning, by name. */
  inheritedRules: Record<string, string>;
  submit: string;
  cancelTo: string;
}

const labels = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  timezone: 'Time zone',
  maxHoursPerWeek: 'Hours a week at most',
  bufferMinutes: 'Minutes between sessions',
  personalRoomUrl: 'Own online room',
  subjects: 'Subjects',
  notes: 'Notes for the office',
  inStorefront: 'On the public booking page',
  storefrontText: 'About them, for guests',
  ...Object.fromEntries(Object.entries(schedulingLabels).map(([name, label]) => [`schedulingOverrides.${name}`, label])),
};

export function TutorForm({ initial, answer, version, subjects, zones, inheritedRules, submit, cancelTo }: TutorFormProps) {
  const { field, chosen } = recordFields(initial, answer);
  const subjectError = field('subjects').error;
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={labels}
      submit={submit}
      cancelTo={cancelTo}
    >
      <FormSection title="Who they are">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...field('firstName')} label={labels.firstName} withAsterisk required autoComplete="off" />
          <TextInput {...field('lastName')} label={labels.lastName} autoComplete="off" />
          <TextInput
            {...field('email')}
            type="email"
            label={labels.email}
            autoComplete="off"
            description="Confirmations and changes go here"
          />
          <TextInput {...field('phone')} type="tel" label={labels.phone} autoComplete="off" />
        </SimpleGrid>
      </FormSection>
      <FormSection title="How they work">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <ZoneSelect {...field('timezone')} zones={zones} label={labels.timezone} withAsterisk required />
          <TextInput {...field('maxHoursPerWeek')} inputMode="decimal" label={labels.maxHoursPerWeek} placeholder="No limit" />
          <TextInput
            {...field('bufferMinutes')}
            type="number"
            min={0}
            max={480}
            label={labels.bufferMinutes}
            description="Kept free after each session: with 10, the next begins ten minutes after its end at the earliest"
          />
          <TextInput
            {...field('personalRoomUrl')}
            type="url"
            label={labels.personalRoomUrl}
            placeholder="https://"
            description="Used by the meeting provider “a tutor’s own room”"
          />
        </SimpleGrid>
      </FormSection>
      <FormSection title={labels.subjects}>
        {subjects.length === 0 ? (
          <Text size="sm" c="dimmed">
            There are no subjects yet. Add them under Programs, Subjects.
          </Text>
        ) : (
          <div className={styles.subjects} id="subjects" tabIndex={-1}>
            {subjects.map((subject) => (
              <div key={subject.id} className={styles.subject}>
                <Checkbox
                  name="subjects"
                  value={subject.id}
                  label={subject.name}
                  defaultChecked={chosen('subjects', subject.id)}
                />
                <TextInput
                  {...field(`level.${subject.id}`)}
                  size="xs"
                  aria-label={`Level of ${subject.name}`}
                  placeholder="Level"
                />
              </div>
            ))}
          </div>
        )}
        {subjectError ? (
          <Text size="sm" c="var(--mantine-color-error)">
            {subjectError}
          </Text>
        ) : null}
      </FormSection>
      <FormSection title="Storefront">
        <Checkbox
          name="inStorefront"
          label="Guests can choose this tutor on the public booking page"
          defaultChecked={chosen('inStorefront', 'on')}
        />
        <Textarea
          {...field('storefrontText')}
          label={labels.storefrontText}
          description="A few sentences beside the name: what they teach, and how"
          autosize
          minRows={2}
        />
      </FormSection>
      <SchedulingOverrides
        field={field}
        inherited={inheritedRules}
        title="Rules of planning for this tutor, such as what a senior may do alone"
        open={hasOverrides(answer?.values ?? initial)}
      />
      <Textarea {...field('notes')} label={labels.notes} description="Tutors and families never see these" autosize minRows={2} />
    </RecordForm>
  );
}
