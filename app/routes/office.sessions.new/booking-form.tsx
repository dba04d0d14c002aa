import { Button, Checkbox, Group, NativeSelect, Stack, Textarea, TextInput } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { Form, Link, useNavigation } from '@remix-run/react';
import { useState } from 'react';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { CustomInputs } from '#app/ui/custom-inputs.tsx';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { recordFields } from '#app/ui/record-answer.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { type WhereChoices, WhereFields } from '../place-forms/where-fields.tsx';
import { RepeatFields } from '../series-pages/repeat-fields.tsx';
import type { RepeatValues } from '../series-pages/repeat-values.ts';
import styles from './booking.module.css';
import type { BookingCheckView } from './booking-check-view.ts';
import { DurationField, TutorOptions } from './booking-fields.tsx';
import { BookingPreview } from './booking-preview.tsx';
import type { BookingValues } from './booking-values.ts';
import { RateFields } from './rate-fields.tsx';
import { StudentPicker } from './student-picker.tsx';
import { useDryRun } from './use-dry-run.ts';

export interface BookingFormProps {
  values: BookingValues;
  /** Where a series may be made of it. */
  repeat?: RepeatValues;
  problem: FormProblem | undefined;
  /** The dry run that came with the page: of a refused or a checked form. */
  check: BookingCheckView | null;
  choices: {
    programs: { id: string; name: string; capacity: number; durations: number[] | null; defaultDuration: number | null }[];
    subjects: { id: string; name: string }[];
    tutors: { id: string; name: string; subjectIds: string[] }[];
    students: { id: string; name: string; clientId: string; clientName: string }[];
    providers: { id: string; name: string }[];
  } & WhereChoices;
  /** Additional fields of a session that may be filled in here. */
  custom: readonly CustomField[];
  durations: number[];
  gridMinutes: number;
  /** Said where the office's clock isn't the reader's. */
  zoneText: string;
  currency: string;
  maySetCharge: boolean;
  maySetPay: boolean;
  /** Within another page: where it is sent to, and what leaves it. */
  within?: {
    Form: typeof Form;
    action: string;
    busy: boolean;
    onCancel: () => void;
    /** Sent along, hidden. */
    fields: Record<string, string>;
  };
}

export function BookingForm(props: BookingFormProps) {
  const { values, problem, choices, within } = props;
  const form = useFocusFirstError(problem);
  const dryRun = useDryRun(form, problem);
  const mounted = useMounted();
  const navigating = useNavigation().state !== 'idle';
  const busy = within?.busy ?? navigating;
  const OwnForm = within?.Form ?? Form;
  const [programId, setProgramId] = useState(values.programId);
  const [mode, setMode] = useState(values.mode);
  const [studentIds, setStudentIds] = useState<readonly string[]>(values.studentIds);
  const [subjectId, setSubjectId] = useState(values.subjectId);
  // Held here, because the options are grouped anew by subject and a browser would forget which one was chosen.
  const [tutorId, setTutorId] = useState(values.tutorId);
  const [repeats, setRepeats] = useState((props.repeat?.repeat ?? '') !== '');
  const check = dryRun.check ?? props.check;
  const program = choices.programs.find(({ id }) => id === programId);
  const errors = problem?.errors ?? {};
  const ways = { online: !mounted || mode === 'online', place: !mounted || mode === 'in_person' };
  return (
    <OwnForm method="post" action={within?.action} ref={form} noValidate onChange={dryRun.later}>
      {Object.entries(within?.fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <input type="hidden" name="id" value={values.id} />
      <div className={within ? styles.narrow : styles.layout}>
        <Stack gap="md">
          <ProblemAlert problem={problem} />
          <div className={styles.fields}>
            <NativeSelect
              name="programId"
              label="Program"
              defaultValue={values.programId}
              onChange={({ currentTarget: { value } }) => setProgramId(value)}
              error={errors.programId}
              data={choices.programs.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <NativeSelect
              name="subjectId"
              label="Subject"
              defaultValue={values.subjectId}
              onChange={({ currentTarget: { value } }) => setSubjectId(value)}
              error={errors.subjectId}
              data={[
                { value: '', label: 'Choose a subject' },
                ...choices.subjects.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          </div>
          <StudentPicker
            students={choices.students}
            chosen={values.studentIds}
            onChoose={setStudentIds}
            capacity={program?.capacity ?? 1}
            error={errors.studentIds}
          />
          <div className={styles.fields}>
            <NativeSelect
              name="tutorId"
              label="Tutor"
              value={tutorId}
              onChange={({ currentTarget: { value } }) => setTutorId(value)}
              error={errors.tutorId}
            >
              <TutorOptions tutors={choices.tutors} subjectId={subjectId} />
            </NativeSelect>
            <TextInput type="date" name="date" label="Date" defaultValue={values.date} error={errors.date} />
            <TextInput
              type="time"
              name="time"
              label={`Start${props.zoneText}`}
              step={props.gridMinutes * 60}
              defaultValue={values.time}
              error={errors.time}
            />
            <DurationField
              key={programId}
              organisation={props.durations}
              program={mounted ? program : undefined}
              all={choices.programs}
              value={values.durationMinutes}
              untouched={programId === values.programId}
              error={errors.durationMinutes}
            />
          </div>
          <div className={styles.fields}>
            <NativeSelect
              name="mode"
              label="Where"
              defaultValue={values.mode}
              onChange={({ currentTarget: { value } }) => setMode(value)}
              error={errors.mode}
              data={[
                { value: 'online', label: 'Online' },
                { value: 'in_person', label: 'In person' },
              ]}
            />
            {ways.online ? (
              <NativeSelect
                name="meetingInstallId"
                label="Online room"
                defaultValue={values.meetingInstallId}
                error={errors.meetingInstallId}
                data={[
                  { value: '', label: 'As usual for the program' },
                  ...choices.providers.map(({ id, name }) => ({ value: id, label: name })),
                ]}
              />
            ) : null}
            {ways.place ? (
              <WhereFields
                choices={choices}
                values={values}
                errors={errors}
                clientIds={choices.students.filter(({ id }) => studentIds.includes(id)).map(({ clientId }) => clientId)}
              />
            ) : null}
          </div>
          {props.repeat ? (
            <RepeatFields values={props.repeat} errors={errors} none="Does not repeat" onChange={setRepeats} />
          ) : null}
          <Checkbox name="billable" label="Billable" defaultChecked={values.billable} />
          <CustomInputs fields={repeats ? [] : props.custom} form={recordFields({}, { errors, values: values.custom })} />
          <More {...props} errors={errors} />
          {check?.studentClash || problem?.code === 'student_conflict' || values.overrule ? (
            <Checkbox
              name="overrule"
              label="Book it although the student has another session then"
              description="Only a student’s clash can be overruled, never a tutor’s."
              defaultChecked={values.overrule}
            />
          ) : null}
          <Group>
            <Button type="submit" name="intent" value="book" loading={busy}>
              {repeats ? 'Look at the series' : 'Book session'}
            </Button>
            {mounted ? null : (
              <Button type="submit" name="intent" value="check" variant="default">
                Check clashes and price
              </Button>
            )}
            {within ? (
              <Button variant="subtle" onClick={within.onCancel}>
                Cancel
              </Button>
            ) : (
              <Button component={Link} to="/office/sessions" variant="subtle">
                Cancel
              </Button>
            )}
          </Group>
        </Stack>
        <BookingPreview check={check} checking={dryRun.checking} />
      </div>
    </OwnForm>
  );
}

function More({ values, errors, maySetCharge, maySetPay, currency }: BookingFormProps & { errors: Record<string, string> }) {
  const used = [values.title, values.description, values.plan, values.chargeRate, values.payRate, values.rateReason].some(
    (text) => text !== '',
  );
  return (
    <details className={styles.more} open={used}>
      <summary>{maySetCharge || maySetPay ? 'Title, plan and a rate of its own' : 'Title and plan'}</summary>
      <Stack gap="md" mt="xs">
        <TextInput
          name="title"
          label="Title"
          description="Shown instead of the subject"
          defaultValue={values.title}
          error={errors.title}
        />
        <Textarea
          name="description"
          label="Description"
          description="Tutor and family read it"
          rows={2}
          defaultValue={values.description}
          error={errors.description}
        />
        <Textarea
          name="plan"
          label="Plan"
          description="What the lesson is to cover"
          rows={3}
          defaultValue={values.plan}
          error={errors.plan}
        />
        <RateFields values={values} errors={errors} currency={currency} maySetCharge={maySetCharge} maySetPay={maySetPay} />
      </Stack>
    </details>
  );
}
