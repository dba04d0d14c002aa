import { Stack, Text, TextInput, Title } from '@mantine/core';
import { ratingWords } from '#app/domain/goals/goal.schema.ts';
import type { CloseOutStudent } from '../session-close-out-values.ts';
import styles from './close-out-form.module.css';
import { RatingInput } from './rating-input.tsx';

const WENT = ['hard going', 'a little', 'all right', 'well', 'very well'] as const;

interface ProgressProps {
  students: readonly CloseOutStudent[];
  askRatings: boolean;
  errors: Record<string, string>;
}

/** How it went with each student, and how far their goals are; a tap each, none of it required. */
export function Progress({ students, askRatings, errors }: ProgressProps) {
  const asked = students.filter((student) => askRatings || student.goals.length > 0);
  if (asked.length === 0) return null;
  return (
    <section aria-labelledby="progress">
      <Title order={2} id="progress" mb="xs">
        {asked.some((student) => student.goals.length > 0) ? 'Ratings and goals' : 'Ratings'}
      </Title>
      <Stack gap="md">
        {asked.map((student, index) => (
          <div key={student.studentId}>
            {askRatings ? (
              <RatingInput
                name={`rating.${student.studentId}`}
                legend={`How did it go with ${student.name}?`}
                words={WENT}
                value={student.rating}
                error={errors[`attendance.${index}.rating`]}
              />
            ) : (
              <Text fw={500}>{student.name}</Text>
            )}
            {student.goals.map((goal) => (
              <div key={goal.id} className={styles.goal}>
                <RatingInput
                  name={`goal.${goal.id}`}
                  legend={goal.title}
                  words={ratingWords}
                  value={goal.rating}
                  {...(goal.before ? { hint: `Before: ${goal.before}` } : {})}
                />
                <details className={styles.more} open={goal.note !== ''}>
                  <summary>Add a word on it</summary>
                  <TextInput
                    name={`goalNote.${goal.id}`}
                    aria-label={`About ${goal.title}`}
                    defaultValue={goal.note}
                    maxLength={1000}
                    size="md"
                  />
                </details>
              </div>
            ))}
          </div>
        ))}
      </Stack>
    </section>
  );
}
