import { Button, Group, NativeSelect, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { minutesText } from '#app/ui/session-length.ts';
import type { FormProblem } from '#app/ui/session-problem.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { RepeatFields } from '../series-pages/repeat-fields.tsx';
import styles from '../series-pages/series-pages.module.css';
import type { EditValues } from './edit-values.ts';

interface Props {
  values: EditValues;
  problem: FormProblem | undefined;
  version: number;
  editId: string;
  back: string;
  rule: string;
  course: boolean;
  /** The sessions to come, by the day the rule gave. */
  sessions: { date: string; text: string }[];
  tutors: { id: string; name: string }[];
  durations: number[];
  gridMinutes: number;
  zoneText: string;
  inPerson: boolean;
}

export function EditForm(props: Props) {
  const { values, problem } = props;
  const errors = problem?.errors ?? {};
  const form = useFocusFirstError(problem);
  return (
    <Form method="post" ref={form} noValidate>
      <input type="hidden" name="version" value={props.version} />
      <input type="hidden" name="editId" value={props.editId} />
      <input type="hidden" name="day" value={values.day} />
      <Stack gap="lg" maw={760}>
        <ProblemAlert problem={problem} />
        <Stack gap="sm">
          <Radio.Group name="scope" label="Which sessions?" defaultValue={props.course ? 'all' : values.scope}>
            <Stack gap={6} mt={6}>
              <Radio value="following" label="One of them and those after it" disabled={props.course} />
              <Radio value="all" label="All that are still to come" />
            </Stack>
          </Radio.Group>
          <NativeSelect
            name="from"
            label="From"
            description="For “one of them and those after it”"
            defaultValue={values.from}
            error={errors.from}
            maw={340}
            data={props.sessions.map(({ date, text }) => ({ value: date, label: text }))}
          />
        </Stack>
        <fieldset className={styles.fieldset}>
          <legend className={styles.legend}>What changes</legend>
          <div className={styles.fields}>
            <TextInput
              type="time"
              name="time"
              label={`Start${props.zoneText}`}
              step={props.gridMinutes * 60}
              defaultValue={values.time}
              error={errors.time ?? errors.wallStart}
            />
            <NativeSelect
              name="durationMinutes"
              label="Duration"
              defaultValue={values.durationMinutes}
              error={errors.durationMinutes}
              data={props.durations.map((minutes) => ({ value: String(minutes), label: minutesText(minutes) }))}
            />
            <NativeSelect
              name="tutorId"
              label="Tutor"
              defaultValue={values.tutorId}
              error={errors.tutorId}
              data={props.tutors.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </div>
        </fieldset>
        <RepeatFields values={values.repeat} errors={errors} none={`As now: ${props.rule}`} keepEnd="As now" />
        <fieldset className={styles.fieldset}>
          <legend className={styles.legend}>What it is about</legend>
          <Stack gap="sm">
            <TextInput
              name="title"
              label="Title"
              description="Shown instead of the subject"
              defaultValue={values.title}
              error={errors.title}
            />
            {props.inPerson ? (
              <TextInput name="location" label="Place" defaultValue={values.location} error={errors.location} />
            ) : (
              <input type="hidden" name="location" value={values.location} />
            )}
            <Textarea
              name="description"
              label="Description"
              description="Tutor and family read it"
              rows={2}
              defaultValue={values.description}
              error={errors.description}
            />
          </Stack>
        </fieldset>
        <Group>
          <SubmitButton name="intent" value="preview">
            Look at what changes
          </SubmitButton>
          <Button component={Link} to={props.back} variant="subtle">
            Keep it as it is
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
