import { NativeSelect, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { WHO_LABELS } from '#app/domain/scheduling/rights-words.ts';
import { WHO_MAY_SCHEDULE } from '#app/domain/scheduling/scheduling-rules.ts';
import { type FormValues, type RecordAnswer, recordFields } from '#app/ui/record-answer.ts';
import { FormSection, RecordForm } from '#app/ui/record-form.tsx';
import { ChoiceSelect } from './choice-select.tsx';

interface EngagementFormProps {
  initial: FormValues;
  answer: RecordAnswer | undefined;
  version?: number;
  /** Of a new one: sent along, so that sending it twice makes one. */
  formId?: string;
  tutors: { id: string; name: string }[];
  students: { id: string; name: string }[];
  programs: { id: string; name: string }[];
  subjects: { id: string; name: string }[];
  submit: string;
  cancelTo: string;
}

export const engagementLabels: Record<string, string> = {
  tutorId: 'Tutor',
  studentId: 'Student',
  programId: 'Program',
  subjectId: 'Subject',
  whoMaySchedule: 'Who may schedule',
  hoursPerWeek: 'Hours a week',
  defaultMinutes: 'Usual length',
  startsOn: 'From',
  endsOn: 'Until',
  notes: 'Notes for the office',
};

export function EngagementForm(props: EngagementFormProps) {
  const { initial, answer, version, formId, tutors, students, programs, subjects, submit, cancelTo } = props;
  const { field } = recordFields(initial, answer);
  const labels = engagementLabels;
  const changes = version !== undefined;
  const none = 'Choose';
  return (
    <RecordForm answer={answer} {...(changes ? { version } : {})} labels={labels} submit={submit} cancelTo={cancelTo}>
      {formId ? <input type="hidden" name="id" value={formId} /> : null}
      {changes ? (
        // Who is in it stays; sent along, so that the form is whole.
        ['tutorId', 'studentId', 'programId', 'subjectId'].map((name) => (
          <input key={name} type="hidden" name={name} value={field(name).defaultValue} />
        ))
      ) : (
        <FormSection title="Who teaches whom what">
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            <ChoiceSelect {...field('studentId')} none={none} choices={students} label={labels.studentId} withAsterisk />
            <ChoiceSelect {...field('tutorId')} none={none} choices={tutors} label={labels.tutorId} withAsterisk />
            <ChoiceSelect {...field('programId')} none={none} choices={programs} label={labels.programId} withAsterisk />
            <ChoiceSelect
              {...field('subjectId')}
              none={none}
              choices={subjects}
              label={labels.subjectId}
              withAsterisk
              description="One that the tutor teaches"
            />
          </SimpleGrid>
        </FormSection>
      )}
      <FormSection title="Planning">
        <NativeSelect
          {...field('whoMaySchedule')}
          label={labels.whoMaySchedule}
          data={[{ value: '', label: WHO_LABELS[''] }, ...WHO_MAY_SCHEDULE.map((value) => ({ value, label: WHO_LABELS[value] }))]}
          description="The office always may. “As the rules say”: the company’s rules, the program’s and the tutor’s own"
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...field('hoursPerWeek')} inputMode="decimal" label={labels.hoursPerWeek} description="Such as 1.5" />
          <TextInput
            {...field('defaultMinutes')}
            type="number"
            min={5}
            max={720}
            label={labels.defaultMinutes}
            description="Minutes. Empty: the program’s"
          />
        </SimpleGrid>
      </FormSection>
      <FormSection title="When">
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput {...field('startsOn')} type="date" label={labels.startsOn} withAsterisk required />
          <TextInput {...field('endsOn')} type="date" label={labels.endsOn} description="The last day. Empty: open" />
        </SimpleGrid>
        <Textarea {...field('notes')} label={labels.notes} autosize minRows={2} />
      </FormSection>
    </RecordForm>
  );
}
