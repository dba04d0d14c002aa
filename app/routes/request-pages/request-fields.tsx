import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { languageChoices } from '#app/domain/people/languages.ts';
import type { RequestChoices } from '#app/domain/requests/request-choices.server.ts';
import { GENDERS, URGENCIES } from '#app/domain/requests/request-kinds.ts';
import type { HourRow } from '#app/domain/scheduling/week-rows.ts';
import { CustomInputs } from '#app/ui/custom-inputs.tsx';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection } from '#app/ui/record-form.tsx';
import { TagPicker } from '#app/ui/tag-picker.tsx';
import { ChoiceSelect } from '../record-forms/choice-select.tsx';
import { ZoneSelect } from '../record-forms/zone-select.tsx';
import { rowsOfForm } from './read-times.ts';
import { GENDER_WORDS, requestLabels as labels, MODE_WORDS, URGENCY_WORDS } from './request-words.ts';
import { TimesField } from './times-field.tsx';

export interface RequestFieldsProps {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  choices: RequestChoices;
  /** The lines of times that are saved. */
  rows: readonly HourRow[];
  week: { weekdays: { weekday: number; short: string; long: string }[]; hour12: boolean };
  zones: string[];
  /** What an admin added, of it what this reader may fill in. */
  custom: readonly CustomField[];
}

const TWO = { base: 1, sm: 2 };
const THREE = { base: 1, sm: 3 };

/** What is asked for: the same for a new request and one that is changed. */
export function RequestFields({ initial, answer, choices, rows, week, zones, custom }: RequestFieldsProps) {
  const form = recordFields(initial, answer);
  const { field } = form;
  const typed = answer ? rowsOfForm((name) => answer.values[name] ?? []) : rows;
  return (
    <>
      <FormSection title="What">
        <SimpleGrid cols={THREE} spacing="sm">
          <ChoiceSelect {...field('subjectId')} none="Not said yet" choices={choices.subjects} label={labels.subjectId} />
          <ChoiceSelect {...field('levelId')} none="Any" choices={choices.levels} label={labels.levelId} />
          <ChoiceSelect {...field('programId')} none="Not decided" choices={choices.programs} label={labels.programId} />
          <TextInput {...field('sessionsPerWeek')} type="number" min={1} max={14} label={labels.sessionsPerWeek} />
          <TextInput {...field('sessionMinutes')} type="number" min={5} max={720} step={5} label={labels.sessionMinutes} />
          <NativeSelect
            {...field('urgency')}
            label={labels.urgency}
            data={URGENCIES.map((value) => ({ value, label: URGENCY_WORDS[value] }))}
          />
          <TextInput {...field('startsOn')} type="date" label={labels.startsOn} />
          <TextInput {...field('endsOn')} type="date" label={labels.endsOn} description="The last day. Empty: open" />
          <ChoiceSelect {...field('assigneeId')} none="Nobody yet" choices={choices.office} label={labels.assigneeId} />
        </SimpleGrid>
      </FormSection>
      <FormSection title="Where">
        <SimpleGrid cols={THREE} spacing="sm">
          <NativeSelect
            {...field('mode')}
            label={labels.mode}
            data={[
              { value: '', label: 'Either' },
              { value: 'online', label: MODE_WORDS.online },
              { value: 'in_person', label: MODE_WORDS.in_person },
            ]}
          />
          <ChoiceSelect
            {...field('placeId')}
            none="None yet"
            choices={choices.places}
            label={labels.placeId}
            description="Known places give the way of each tutor"
          />
          <TextInput {...field('location')} label={labels.location} description="In their words, while there is no place" />
        </SimpleGrid>
      </FormSection>
      <FormSection title="When they can">
        <TimesField initial={typed} errors={answer?.errors ?? {}} {...week} />
        <ZoneSelect {...field('zone')} zones={zones} label={labels.zone} maw={340} />
      </FormSection>
      <FormSection title="Wishes">
        <SimpleGrid cols={TWO} spacing="sm">
          <NativeSelect
            {...field('wishGender')}
            label={labels.wishGender}
            data={[{ value: '', label: 'No wish' }, ...GENDERS.map((value) => ({ value, label: GENDER_WORDS[value] }))]}
          />
          <ChoiceSelect {...field('wishTutorId')} none="None" choices={choices.tutors} label={labels.wishTutorId} />
          <TagPicker
            field={field('tags')}
            label={labels.tags ?? ''}
            choices={choices.tags}
            description="Tags of tutors, such as patient or exam coach"
          />
          <TagPicker
            field={field('wishLanguages')}
            label={labels.wishLanguages ?? ''}
            choices={languageChoices}
            description="Languages the lessons could be in"
          />
        </SimpleGrid>
        <Textarea {...field('wishes')} label={labels.wishes} autosize minRows={2} />
      </FormSection>
      <CustomInputs fields={custom} form={form} />
    </>
  );
}
