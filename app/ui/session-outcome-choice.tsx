import { Text } from '@mantine/core';
import styles from './session-close-out-form.module.css';
import type { CloseOutValues } from './session-close-out-values.ts';

interface OutcomeChoiceProps {
  student: CloseOutValues['students'][number];
  office: boolean;
  noShowFromText: string;
  error: string | undefined;
}

/** What became of one student's place: a row to tap for each answer. */
export function OutcomeChoice({ student, office, noShowFromText, error }: OutcomeChoiceProps) {
  const name = `outcome.${student.studentId}`;
  const choices = [
    { value: 'attended', label: 'Attended', hint: '' },
    { value: 'no_show', label: 'No-show', hint: noShowFromText },
    ...(office
      ? [
          { value: 'technical_failure', label: 'Technical failure', hint: 'nothing charged or paid' },
          { value: 'tutor_no_show', label: 'Tutor didn’t come', hint: 'nothing charged or paid' },
        ]
      : []),
  ];
  return (
    <fieldset className={styles.student} aria-describedby={error ? `${name}-error` : undefined}>
      <legend>{student.name}</legend>
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
              {choice.hint ? <small>{choice.hint}</small> : null}
            </span>
          </label>
        ))}
      </div>
      {error ? (
        <Text id={`${name}-error`} size="sm" c="var(--mantine-color-error)" mt={6}>
          {error}
        </Text>
      ) : null}
    </fieldset>
  );
}
