import { Checkbox, Group, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { languageChoices } from '#app/domain/people/languages.ts';
import {
  GENDERS,
  genderNames,
  MODES,
  modeNames,
  TUTOR_STATUSES,
  tutorStatusHints,
  tutorStatusNames,
} from '#app/domain/people/tutor-status.ts';
import { customLabels } from '#app/ui/custom-form.ts';
import { CustomInputs } from '#app/ui/custom-inputs.tsx';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { TagPicker } from '#app/ui/tag-picker.tsx';
import { ChoiceSelect } from './choice-select.tsx';
import { LanguageSelect } from './language-select.tsx';
import { hasOverrides, SchedulingOverrides, schedulingLabels } from './scheduling-fields.tsx';
import { SubjectChoice, type SubjectWithLevels } from './subject-choice.tsx';
import { ZoneSelect } from './zone-select.tsx';

interface TutorFormProps {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  subjects: SubjectWithLevels[];
  payGroups: { id: string; name: string }[];
  tags: string[];
  zones: string[];
  /** The organisation's rules of planning, by name. */
  inheritedRules: Record<string, string>;
  /** What an admin added, of it what this reader may fill in. */
  custom: readonly CustomField[];
  submit: string;
  cancelTo: string;
}

const labels = {
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  phone: 'Phone',
  timezone: 'Time zone',
  locale: 'Language of mails',
  status: 'Status',
  gender: 'Gender',
  languages: 'Languages',
  modes: 'Teaches',
  homeAddress: 'Home address',
  coordinates: 'Home on the map',
  reachMinutes: 'Minutes on the way at most',
  payGroupId: 'Pay group',
  tags: 'Tags',
  maxHoursPerWeek: 'Hours a week at most',
  wishedHoursPerWeek: 'Hours a week wished',
  bufferMinutes: 'Minutes between sessions',
  personalRoomUrl: 'Own online room',
  subjects: 'Subjects',
  notes: 'Notes for the office',
  inStorefront: 'On the public booking page',
  storefrontText: 'About them, for guests',
  ...Object.fromEntries(Object.entries(schedulingLabels).map(([name, label]) => [`schedulingOverrides.${name}`, label])),
};

export function TutorForm(props: TutorFormProps) {
  const { initial, answer, version, subjects, payGroups, tags, zones, inheritedRules, custom, submit, cancelTo } = props;
  const form = recordFields(initial, answer);
  const { field, chosen } = form;
  return (
    <RecordForm
      answer={answer}
      {...(version === undefined ? {} : { version })}
      labels={{ ...labels, ...customLabels(custom) }}
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
          <ChoiceSelect {...field('gender')} choices={choicesOf(GENDERS, genderNames)} label={labels.gender} none="Not said" />
          <TagPicker
            field={field('languages')}
            label={labels.languages}
            description="Those they can teach in"
            choices={languageChoices}
          />
        </SimpleGrid>
        <TagPicker field={field('tags')} label={labels.tags} choices={tags} />
        {version === undefined ? (
          <ChoiceSelect
            {...field('status')}
            choices={choicesOf(TUTOR_STATUSES, tutorStatusNames)}
            label={labels.status}
            description={tutorStatusHints.active}
          />
        ) : null}
      </FormSection>
      <FormSection title="How they work">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <ZoneSelect {...field('timezone')} zones={zones} label={labels.timezone} withAsterisk required />
          <LanguageSelect {...field('locale')} label={labels.locale} none="As the organisation" />
          <ChoiceSelect
            {...field('payGroupId')}
            choices={payGroups}
            label={labels.payGroupId}
            none="None"
            description="Who is paid by which calendar"
          />
          <TextInput {...field('maxHoursPerWeek')} inputMode="decimal" label={labels.maxHoursPerWeek} placeholder="No limit" />
          <TextInput
            {...field('wishedHoursPerWeek')}
            inputMode="decimal"
            label={labels.wishedHoursPerWeek}
            placeholder="Not said"
          />
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
      <FormSection title="Where they teach">
        <Checkbox.Group
          label={labels.modes}
          error={answer?.errors.modes}
          defaultValue={MODES.filter((mode) => chosen('modes', mode))}
        >
          <Group gap="lg" mt={6}>
            {MODES.map((mode) => (
              <Checkbox key={mode} name="modes" value={mode} label={modeNames[mode]} />
            ))}
          </Group>
        </Checkbox.Group>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Textarea
            {...field('homeAddress')}
            label={labels.homeAddress}
            autosize
            minRows={2}
            description="Seen by the office alone"
          />
          <TextInput
            {...field('coordinates')}
            label={labels.coordinates}
            placeholder="51.5, -0.12"
            autoComplete="off"
            description="Latitude and longitude, or the link of a map. From it comes the way to a family."
          />
          <TextInput
            {...field('reachMinutes')}
            type="number"
            min={0}
            max={1440}
            label={labels.reachMinutes}
            placeholder="No limit"
            description="One way, to a session in person"
          />
        </SimpleGrid>
      </FormSection>
      <FormSection title={labels.subjects}>
        <SubjectChoice subjects={subjects} chosen={chosen} error={field('subjects').error} />
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
      <CustomInputs fields={custom} form={form} />
      <Textarea {...field('notes')} label={labels.notes} description="Tutors and families never see these" autosize minRows={2} />
    </RecordForm>
  );
}

const choicesOf = <T extends string>(ids: readonly T[], names: Record<T, string>) => ids.map((id) => ({ id, name: names[id] }));
