import { Button, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { Form, useNavigation } from '@remix-run/react';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { CustomInputs } from './custom-inputs.tsx';
import { useFocusFirstError } from './focus-first-error.ts';
import { type FormValues, recordFields } from './record-answer.ts';
import styles from './session-close-out-form.module.css';
import type { CloseOutValues } from './session-close-out-values.ts';
import { ProblemAlert } from './session-form.tsx';
import { MilesInput } from './session-miles-input.tsx';
import { OutcomeChoice } from './session-outcome-choice.tsx';
import type { FormProblem } from './session-problem.ts';

export interface CloseOutFormProps {
  values: CloseOutValues;
  problem: FormProblem | undefined;
  /** "16:00, 1 h": what one tap confirms. */
  plannedText: string;
  /** From when a no-show may be marked, in words. */
  noShowFromText: string;
  /** Where the times are meant, when it isn't where the reader is; else empty. */
  zoneText: string;
  /** A visit: miles are asked for. */
  inPerson: boolean;
  /** Miles from where the tutor was before, and where the number comes from. */
  milesSuggested?: { miles: string; text: string } | undefined;
  /** The office may say that the tutor didn't come or that it failed technically. */
  office: boolean;
  /** Corrects or completes one that is in already. */
  again: boolean;
  /** Additional fields of the session that the reader may fill in, with what is in them or was typed. */
  custom: { fields: readonly CustomField[]; values: FormValues };
  /** Of the close-out that is there, 0 without one: sent along, so that a newer one is not overwritten unseen. */
  version: number;
}

/** What took place, on one page of a phone. Native inputs, so that it works before and without its script. */
export function CloseOutForm(props: CloseOutFormProps) {
  const { values, problem, office, again } = props;
  const form = useFocusFirstError(problem);
  const busy = useNavigation().state !== 'idle';
  const errors = problem?.errors ?? {};
  return (
    <Form method="post" ref={form} noValidate>
      <input type="hidden" name="version" value={props.version} />
      <Stack gap="lg">
        <ProblemAlert problem={problem} />
        {again ? null : (
          <div>
            <Button
              type="submit"
              name="intent"
              value="as-planned"
              size="md"
              fullWidth
              loading={busy}
              leftSection={<IconCheck size={18} aria-hidden />}
            >
              Took place as planned
            </Button>
            <Text size="sm" c="dimmed" mt={6}>
              {props.plannedText}. What you write below goes with it.
            </Text>
          </div>
        )}
        <Words values={values} errors={errors} group={values.students.length > 1} />
        <CustomInputs
          fields={props.custom.fields}
          form={recordFields({}, { errors, values: props.custom.values })}
          title="About the session"
        />
        <section aria-labelledby="different">
          <Title order={2} id="different" mb="xs">
            {again ? 'What took place' : 'Or say what was different'}
          </Title>
          <Stack gap="md">
            {values.students.map((student, index) => (
              <OutcomeChoice
                key={student.studentId}
                student={student}
                office={office}
                noShowFromText={props.noShowFromText}
                error={outcomeError(errors, student.studentId, index)}
              />
            ))}
            <div className={styles.times}>
              <TextInput
                type="datetime-local"
                name="actualWallStart"
                label={`Actual start${props.zoneText}`}
                defaultValue={values.actualWallStart}
                error={errors.actualWallStart}
                size="md"
              />
              <TextInput
                type="number"
                inputMode="numeric"
                min={0}
                max={1440}
                name="actualMinutes"
                label="Minutes taught"
                defaultValue={values.actualMinutes}
                error={errors.actualMinutes}
                size="md"
              />
              {props.inPerson ? <MilesInput value={values.miles} error={errors.miles} suggested={props.milesSuggested} /> : null}
            </div>
            <Group>
              <Button
                type="submit"
                name="intent"
                value="close-out"
                size="md"
                variant={again ? 'filled' : 'default'}
                loading={busy}
              >
                {again ? 'Submit again' : 'Close out with these details'}
              </Button>
            </Group>
          </Stack>
        </section>
      </Stack>
    </Form>
  );
}

/** An outcome is refused by its student's id, its place in the list, or the list as a whole. */
function outcomeError(errors: Record<string, string>, studentId: string, index: number): string | undefined {
  return (
    errors[`outcome.${studentId}`] ?? errors[`attendance[${index}].outcome`] ?? (index === 0 ? errors.attendance : undefined)
  );
}

function Words({ values, errors, group }: { values: CloseOutValues; errors: Record<string, string>; group: boolean }) {
  const [notes, setNotes] = useState(() =>
    Object.fromEntries(values.students.map((student) => [student.studentId, student.note])),
  );
  return (
    <section aria-labelledby="words">
      <Title order={2} id="words" mb="xs">
        How it went
      </Title>
      <Stack gap="md">
        <Textarea
          name="notes"
          label={group ? 'Progress notes for everyone' : 'Progress notes'}
          description="Families read these and the homework"
          defaultValue={values.notes}
          error={errors.notes}
          rows={3}
          resize="vertical"
          size="md"
        />
        {group
          ? values.students.map((student) => (
              <div key={student.studentId}>
                <Textarea
                  name={`note.${student.studentId}`}
                  label={`About ${student.name}`}
                  description="Only this family reads it"
                  value={notes[student.studentId] ?? ''}
                  onChange={({ currentTarget: { value } }) => setNotes((all) => ({ ...all, [student.studentId]: value }))}
                  rows={2}
                  resize="vertical"
                  size="md"
                />
                {notes[student.studentId] ? (
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    mt={4}
                    onClick={() =>
                      setNotes(
                        Object.fromEntries(values.students.map(({ studentId }) => [studentId, notes[student.studentId] ?? ''])),
                      )
                    }
                  >
                    Copy to all
                  </Button>
                ) : null}
              </div>
            ))
          : null}
        <Textarea
          name="homework"
          label="Homework"
          defaultValue={values.homework}
          error={errors.homework}
          rows={2}
          resize="vertical"
          size="md"
        />
        <Textarea
          name="nextTopics"
          label="Topics for next time"
          defaultValue={values.nextTopics}
          error={errors.nextTopics}
          rows={2}
          resize="vertical"
          size="md"
        />
        <Textarea
          name="privateNote"
          label="Private note for the office"
          description="Never shown to families"
          defaultValue={values.privateNote}
          error={errors.privateNote}
          rows={2}
          resize="vertical"
          size="md"
        />
      </Stack>
    </section>
  );
}
