import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { Labelled, Prose } from '#app/ui/session-sections.tsx';
import styles from './preparation.module.css';
import type { PreparationView, PreparedStudentView } from './view-preparation.ts';

/** What to go through before a session: what is planned, asked and sent for it, and where each student stands. */
export function Preparation({ preparation }: { preparation: PreparationView }) {
  const { session, plan, questions, materials, files, students } = preparation;
  return (
    <article className={styles.card} aria-label={`To prepare: ${session.title}, ${session.when.long}`}>
      <Group justify="space-between" gap="xs" align="baseline">
        <Anchor component={Link} to={session.href} fw={600}>
          {session.title}, {students.map((student) => student.name).join(', ')}
        </Anchor>
        <Text size="sm" c="dimmed" className="tabular">
          {session.when.day}, {session.when.time}
        </Text>
      </Group>
      {questions.length > 0 ? (
        <div>
          <Text size="sm" c="dimmed">
            Asked
          </Text>
          {questions.map((question) => (
            <Prose key={question.body}>{question.body}</Prose>
          ))}
        </div>
      ) : null}
      {materials.length + files.length > 0 ? (
        <div>
          <Text size="sm" c="dimmed">
            Materials
          </Text>
          <Group gap="md">
            {materials.map((material) => (
              <Anchor key={material.url} href={material.url} target="_blank" rel="noopener noreferrer" className={styles.long}>
                {material.title}
              </Anchor>
            ))}
            {files.map((file) => (
              <Anchor key={file.id} href={`/sessions/${session.id}/files/${file.id}`} className={styles.long}>
                {file.name}
              </Anchor>
            ))}
          </Group>
        </div>
      ) : null}
      {students.map((student) => (
        <PreparedStudent key={student.id} student={student} named={students.length > 1} />
      ))}
      <div>
        <Text size="sm" c="dimmed">
          Your plan
        </Text>
        {plan ? <Prose>{plan}</Prose> : null}
        <Anchor component={Link} to={`${session.href}#plan`} size="sm">
          {plan ? 'Change the plan' : 'Write a plan'}
        </Anchor>
      </div>
    </article>
  );
}

/** Where a student stands: the last session, the homework from it, the goals. */
export function PreparedStudent({ student, named }: { student: PreparedStudentView; named: boolean }) {
  const { last, goals } = student;
  return (
    <Stack gap={6}>
      {named ? <Text fw={600}>{student.name}</Text> : null}
      {last ? (
        <>
          <Labelled label="To take up" text={last.nextTopics} />
          {last.homework ? (
            <div>
              <Text size="sm" c="dimmed">
                Homework
              </Text>
              <Prose>{last.homework}</Prose>
              <Group gap={4} wrap="nowrap" align="center">
                {last.homeworkDone ? <IconCircleCheck size={16} aria-hidden /> : <IconCircle size={16} aria-hidden />}
                <Text size="sm">{last.homeworkState}</Text>
              </Group>
              <Labelled label={`${student.name} says`} text={last.answer} />
              {last.files.map((file) => (
                <Anchor key={file.href} href={file.href} size="sm" display="block" className={styles.long}>
                  {file.name}
                </Anchor>
              ))}
            </div>
          ) : null}
          <details className={styles.last}>
            <summary>Last time: {last.day}</summary>
            {last.said ? <Prose>{last.said}</Prose> : <Text size="sm">Nothing was noted.</Text>}
            <Anchor component={Link} to={last.href} size="sm">
              Open that session
            </Anchor>
          </details>
        </>
      ) : (
        <Text size="sm" c="dimmed">
          Your first session with {student.name}.
        </Text>
      )}
      {goals.length > 0 ? (
        <div>
          <Text size="sm" c="dimmed">
            Goals
          </Text>
          <ul className={styles.goals}>
            {goals.map((goal) => (
              <li key={goal.title}>
                {goal.title}{' '}
                <Text span size="sm" c="dimmed">
                  ({[goal.stands, goal.due ? `by ${goal.due}` : ''].filter(Boolean).join(', ')})
                </Text>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Stack>
  );
}
