import { Stack, Text, Textarea } from '@mantine/core';
import type { CloseOutStudent } from '../session-close-out-values.ts';
import styles from './close-out-form.module.css';
import { type NoShowFrom, NoShowNote, useNoShowWait } from './no-show-note.tsx';

interface OutcomeChoiceProps {
  student: CloseOutStudent;
  office: boolean;
  noShow: NoShowFrom;
  /** What was seen of the student; empty where nothing can be said. */
  seen: string;
  /** What a no-show comes to, in sentences for this reader. */
  means: readonly string[];
  error: string | undefined;
  noteError: string | undefined;
}

/** What became of one student's place: a row to tap for each answer. What goes with the answer shows under it. */
export function OutcomeChoice({ student, office, noShow, seen, means, error, noteError }: OutcomeChoiceProps) {
  const name = `outcome.${student.studentId}`;
  const wait = useNoShowWait(noShow);
  const choices = [
    { value: 'attended', label: 'Attended', hint: null },
    { value: 'no_show', label: 'No-show', hint: <NoShowNote from={noShow} wait={wait} /> },
    ...(office
      ? [
          { value: 'technical_failure', label: 'Technical failure', hint: <small>nothing charged or paid</small> },
          { value: 'tutor_no_show', label: 'Tutor didn’t come', hint: <small>nothing charged or paid</small> },
        ]
      : []),
  ];
  return (
    <fieldset className={styles.student} aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{student.name}</legend>
      {seen ? (
        <Text size="sm" c="dimmed" mb={8}>
          {seen}
        </Text>
      ) : null}
      <div className={styles.choices}>
        {choices.map((choice) => (
          <label key={choice.value} className={styles.choice}>
            <input
              type="radio"
              name={name}
              value={choice.value}
              defaultChecked={student.outcome === choice.value}
              aria-invalid={error ? true : undefined}
            />
            <span>
              {choice.label}
              {choice.hint}
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <Text id={`${name}-error`} size="sm" c="var(--mantine-color-error)" mt={6}>
          {error}
        </Text>
      ) : null}
      <Stack gap="xs" className={styles.absent} mt="sm">
        <div className={styles.means}>
          {means.map((line) => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))}
        </div>
        <Textarea
          name={`absenceNote.${student.studentId}`}
          label="What happened, and what you did"
          description={
            office ? 'For the office and the tutor' : 'How long you waited, whom you rang; for the office, not for the family'
          }
          defaultValue={student.absenceNote}
          error={noteError}
          rows={2}
          resize="vertical"
          size="md"
        />
      </Stack>
    </fieldset>
  );
}
