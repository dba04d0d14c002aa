import { Group, Stack, Text, Textarea } from '@mantine/core';
import { Form } from '@remix-run/react';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useFocusFirstError } from '#app/ui/focus-first-error.ts';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { Prose, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import styles from './progress.module.css';
import type { HomeworkView } from './progress-view.ts';

interface HomeworkFormProps {
  homework: HomeworkView;
  answer: SectionAnswer | undefined;
}

/** A piece of homework: what to do by when, a button to tick it off, and room for what the student says to it. */
export function HomeworkForm({ homework, answer }: HomeworkFormProps) {
  const mine = answer?.intent === 'homework' && answer.values.attendanceId === homework.placeId ? answer : undefined;
  const form = useFocusFirstError(mine);
  return (
    <div id={`homework-${homework.placeId}`} className={styles.homework} data-done={homework.done}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        {homework.done ? (
          <IconCircleCheck size={20} className={styles.tick} aria-hidden />
        ) : (
          <IconCircle size={20} className={styles.open} aria-hidden />
        )}
        <Stack gap={2} flex={1} miw={0}>
          <Text size="sm" c="dimmed">
            {['Homework', homework.due, homework.doneText].filter(Boolean).join(' · ')}
            {homework.overdue ? (
              <Text span inherit fw={600} c="var(--mantine-color-error)">
                {' '}
                · overdue
              </Text>
            ) : null}
          </Text>
          <Prose>{homework.text}</Prose>
        </Stack>
      </Group>
      <Form method="post" ref={form} noValidate preventScrollReset>
        <Stack gap="xs">
          <ProblemAlert problem={mine?.problem} />
          <input type="hidden" name="intent" value="homework" />
          <input type="hidden" name="attendanceId" value={homework.placeId} />
          <details className={styles.answer} open={mine !== undefined || homework.answer !== ''}>
            <summary>{homework.answer ? 'Your answer' : 'Answer, or ask about it'}</summary>
            <Textarea
              name="answer"
              aria-label="Your answer to the homework"
              description="The tutor reads it before the next lesson"
              defaultValue={mine?.values.answer ?? homework.answer}
              error={mine?.problem.errors.answer}
              autosize
              minRows={2}
            />
            <SubmitButton name="done" value={homework.done ? 'yes' : 'no'} variant="default" size="sm" mt="xs">
              Save answer
            </SubmitButton>
          </details>
          <Group>
            {homework.done ? (
              <SubmitButton name="done" value="no" variant="subtle" color="gray" size="compact-sm">
                Not done yet
              </SubmitButton>
            ) : (
              <SubmitButton name="done" value="yes" size="sm">
                Tick off as done
              </SubmitButton>
            )}
          </Group>
        </Stack>
      </Form>
    </div>
  );
}
