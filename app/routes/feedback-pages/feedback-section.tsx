import { Group, Stack, Text, Textarea } from '@mantine/core';
import { Form } from '@remix-run/react';
import { RATING_WORDS, RATINGS } from '#app/domain/feedback/feedback.ts';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { Prose, Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './feedback.module.css';
import type { FeedbackView } from './load-feedback.server.ts';
import { RatingMark } from './rating-mark.tsx';

interface FeedbackSectionProps {
  feedback: readonly FeedbackView[];
  /** The tutor speaks of the students, the family of the lesson. */
  as: 'tutor' | 'family';
  answer: SectionAnswer | undefined;
}

/** How it was: for each student a form of one's own, or what was said. */
export function FeedbackSection({ feedback, as, answer }: FeedbackSectionProps) {
  if (feedback.length === 0) return null;
  return (
    <Section id="feedback" title="How was it?">
      <Text size="sm" c="dimmed" mb="sm">
        {as === 'tutor'
          ? 'Only the office reads this: how the lesson went from your side.'
          : 'Only the office reads this. The tutor does not see it.'}
      </Text>
      <Stack gap="lg">
        {feedback.map((one) => (
          <FeedbackOf key={one.studentId} feedback={one} many={feedback.length > 1} answer={answer} />
        ))}
      </Stack>
    </Section>
  );
}

interface FeedbackOfProps {
  feedback: FeedbackView;
  many: boolean;
  answer: SectionAnswer | undefined;
}

function FeedbackOf({ feedback, many, answer }: FeedbackOfProps) {
  const { studentId, studentName, rating, body, said, open } = feedback;
  const mine = answer?.intent === 'feedback' && answer.values.studentId === studentId ? answer : undefined;
  const form = useFocusFirstError(mine);
  const chosen = mine?.values.rating ?? (rating === null ? undefined : String(rating));
  if (!open && rating !== null)
    return (
      <div>
        <Group gap="xs">
          {many ? <Text fw={500}>{studentName}</Text> : null}
          <RatingMark rating={rating} />
          <Text size="sm" c="dimmed">
            {said}
          </Text>
        </Group>
        {body ? <Prose>{body}</Prose> : null}
      </div>
    );
  const error = mine?.problem.errors.rating;
  return (
    <Form method="post" ref={form} noValidate preventScrollReset>
      <Stack gap="sm">
        <ProblemAlert problem={mine?.problem} />
        <input type="hidden" name="studentId" value={studentId} />
        <fieldset className={styles.rating} aria-describedby={error ? `rating-${studentId}-error` : undefined}>
          <legend>{many ? `How was it for ${studentName}?` : 'How was the lesson?'}</legend>
          <div className={styles.choices}>
            {RATINGS.map((value) => (
              <label key={value}>
                <input
                  type="radio"
                  name="rating"
                  value={value}
                  defaultChecked={chosen === String(value)}
                  required
                  aria-invalid={error ? true : undefined}
                />
                <span className={styles.number}>{value}</span>
                <span className={styles.word}>{RATING_WORDS[value]}</span>
              </label>
            ))}
          </div>
          {error ? (
            <Text id={`rating-${studentId}-error`} size="xs" c="var(--mantine-color-error)">
              {error}
            </Text>
          ) : null}
        </fieldset>
        <Textarea
          name="body"
          label="In words, if you like"
          defaultValue={mine?.values.body ?? body}
          error={mine?.problem.errors.body}
          autosize
          minRows={2}
        />
        <Group gap="sm">
          <SubmitButton name="intent" value="feedback" variant={rating === null ? 'filled' : 'default'}>
            {rating === null ? 'Send to the office' : 'Change it'}
          </SubmitButton>
          {said ? (
            <Text size="sm" c="dimmed">
              {said}. You can change it for a week.
            </Text>
          ) : null}
        </Group>
      </Stack>
    </Form>
  );
}
