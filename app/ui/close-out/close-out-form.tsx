import { Button, Stack, Text, Title } from '@mantine/core';
import { Form, useNavigation } from '@remix-run/react';
import { IconCheck } from '@tabler/icons-react';
import type { FormEvent, ReactNode } from 'react';
import type { CustomField } from '#app/domain/fields/custom-field.ts';
import { CustomInputs } from '../custom-inputs.tsx';
import { useFocusFirstError } from '../focus-first-error.ts';
import { type FormValues, recordFields } from '../record-answer.ts';
import type { CloseOutValues } from '../session-close-out-values.ts';
import { ProblemAlert } from '../session-form.tsx';
import type { FormProblem } from '../session-problem.ts';
import type { NoShowFrom } from './no-show-note.tsx';
import { OutcomeChoice } from './outcome-choice.tsx';
import { Progress } from './progress.tsx';
import { ProposalNote, type ProposalView } from './proposal-note.tsx';
import { Times } from './times.tsx';
import { type NoteTemplate, Words } from './words.tsx';

export interface CloseOutFormProps {
  values: CloseOutValues;
  problem: FormProblem | undefined;
  /** "16:00, 1 h": what one tap confirms. */
  plannedText: string;
  /** The same as the form holds it. */
  plan: { actualWallStart: string; actualMinutes: string };
  proposal: ProposalView;
  noShow: NoShowFrom;
  /** Of each student, by id: what was seen of them, and what a no-show comes to for this reader. */
  absent: Record<string, { seen: string; means: string[] }>;
  zoneText: string;
  inPerson: boolean;
  milesSuggested?: { miles: string; text: string } | undefined;
  locked: boolean;
  twoDurations: boolean;
  templates: readonly NoteTemplate[];
  asks: { ratings: boolean; summary: 'mailed' | 'shown' | null };
  familiesSee: { notes: boolean; homework: boolean };
  /** The office may say that the tutor didn't come or that it failed technically. */
  office: boolean;
  /** Corrects or completes one that is in already. */
  again: boolean;
  /** Additional fields of the session that the reader may fill in, with what is in them or was typed. */
  custom: { fields: readonly CustomField[]; values: FormValues };
  /** Of the close-out that is there, 0 without one: sent along, so that a newer one is not overwritten unseen. */
  version: number;
  /** Made for this form, or the draft's: however often it is sent, it is one close-out. */
  submissionKey: string;
  /** Being sent by the page itself. */
  busy?: boolean;
  /** What is in the form isn't the plan: one tap would take it back. */
  differs?: boolean;
  onSubmit?: (event: FormEvent<HTMLFormElement>) => void;
  onInput?: (event: FormEvent<HTMLFormElement>) => void;
  /** Who was seen: what it leans on. */
  evidence?: ReactNode;
  /** Files and links, each a form of its own. */
  children?: ReactNode;
}

export const CLOSE_OUT_FORM = 'close-out-form';

/** What took place, on one page of a phone. Native inputs, so that it works before and without its script. */
export function CloseOutForm(props: CloseOutFormProps) {
  const { values, problem, office, again, proposal } = props;
  const form = useFocusFirstError(problem);
  const navigating = useNavigation().state !== 'idle';
  const busy = navigating || (props.busy ?? false);
  const errors = problem?.errors ?? {};
  return (
    <Stack gap="lg">
      <Form
        method="post"
        id={CLOSE_OUT_FORM}
        ref={form}
        noValidate
        {...(props.onSubmit ? { onSubmit: props.onSubmit } : {})}
        {...(props.onInput ? { onInput: props.onInput } : {})}
      >
        {/* The Enter key presses the first button: it must neither close out nor take back what was just typed. */}
        <button type="submit" disabled hidden aria-hidden />
        <input type="hidden" name="version" value={props.version} readOnly />
        <input type="hidden" name="submissionKey" defaultValue={props.submissionKey} />
        <Stack gap="lg">
          <ProblemAlert problem={problem} />
          {again ? (
            <ProposalNote proposal={proposal} />
          ) : (
            <div>
              <Button
                type="submit"
                name="intent"
                value="as-planned"
                size="md"
                fullWidth
                loading={busy}
                disabled={props.differs ?? false}
                leftSection={<IconCheck size={18} aria-hidden />}
              >
                Took place as planned
              </Button>
              <Text size="sm" c="dimmed" mt={6}>
                {props.differs
                  ? 'You say something different below: close out with these details, at the end of the page.'
                  : `${props.plannedText}. What you write below goes with it.`}
              </Text>
              <ProposalNote proposal={proposal} />
            </div>
          )}
          <Words
            values={values}
            errors={errors}
            templates={props.templates}
            summary={props.asks.summary}
            familiesSee={props.familiesSee}
          />
          <Progress students={values.students} askRatings={props.asks.ratings} errors={errors} />
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
              {props.evidence}
              {values.students.map((student, index) => (
                <OutcomeChoice
                  key={student.studentId}
                  student={student}
                  office={office}
                  noShow={props.noShow}
                  seen={props.absent[student.studentId]?.seen ?? ''}
                  means={props.absent[student.studentId]?.means ?? []}
                  error={outcomeError(errors, student.studentId, index)}
                  noteError={errors[`attendance[${index}].absenceNote`]}
                />
              ))}
              <Times
                values={values}
                errors={errors}
                zoneText={props.zoneText}
                locked={props.locked}
                twoDurations={props.twoDurations}
                inPerson={props.inPerson}
                milesSuggested={props.milesSuggested}
              />
            </Stack>
          </section>
        </Stack>
      </Form>
      {props.children}
      <Button
        type="submit"
        form={CLOSE_OUT_FORM}
        name="intent"
        value="close-out"
        size="md"
        variant={again ? 'filled' : 'default'}
        loading={busy}
        style={{ alignSelf: 'start' }}
      >
        {again ? 'Submit again' : 'Close out with these details'}
      </Button>
    </Stack>
  );
}

/** An outcome is refused by its student's id, its place in the list, or the list as a whole. */
function outcomeError(errors: Record<string, string>, studentId: string, index: number): string | undefined {
  return (
    errors[`outcome.${studentId}`] ?? errors[`attendance[${index}].outcome`] ?? (index === 0 ? errors.attendance : undefined)
  );
}
