import { Anchor, Button, Checkbox, Group, Radio, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from '../group-pages/group-pages.module.css';
import type { GroupView } from '../group-pages/load-group.server.ts';
import { StudentForm, WaitingList } from '../group-pages/waiting-list.tsx';

interface Props {
  sessionId: string;
  group: GroupView;
  answer: SectionAnswer | undefined;
}

const INTENTS = ['add-student', 'wait', 'offer', 'place', 'stop-waiting'];

/** A group's places: who comes and goes alone, and who waits for one. */
export function GroupPanel({ sessionId, group, answer }: Props) {
  const refused = answer && INTENTS.includes(answer.intent) ? answer : undefined;
  const errorOf = (intent: string) =>
    refused?.intent === intent ? (refused.problem.errors.studentId ?? refused.problem.errors.studentIds) : undefined;
  const full = group.taken >= group.places;
  return (
    <Section id="group" title="Group">
      <Stack gap="md">
        <ProblemAlert problem={refused?.problem} />
        <Group gap="xs">
          <Text size="sm">
            {group.taken} of {group.places} places are taken
          </Text>
          {full ? <StatusBadge label="Full" tone="attention" /> : null}
          {group.course ? (
            <Anchor component={Link} to={`/office/courses/${group.course.id}`} size="sm">
              {group.course.name}
            </Anchor>
          ) : null}
        </Group>
        {group.open && group.moveable.length > 0 ? (
          <ul className={styles.plain}>
            {group.moveable.map((student) => (
              <li key={student.id} className={styles.row}>
                <Text size="sm">{student.name}</Text>
                <Group gap={6}>
                  <Button
                    component={Link}
                    to={`/office/sessions/${sessionId}/move-place?student=${student.id}`}
                    size="compact-sm"
                    variant="default"
                    aria-label={`Move ${student.name} alone`}
                  >
                    Move alone
                  </Button>
                  <Button
                    component={Link}
                    to={`/office/sessions/${sessionId}/cancel?student=${student.id}`}
                    size="compact-sm"
                    variant="subtle"
                    aria-label={`Cancel for ${student.name} alone`}
                  >
                    Cancel alone
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
        ) : null}
        {group.open && !full ? (
          <details className={styles.more} open={errorOf('add-student') !== undefined || refused?.intent === 'add-student'}>
            <summary>Add a student</summary>
            <StudentForm intent="add-student" students={group.students} error={errorOf('add-student')} submit="Add">
              {group.ofSeries ? (
                <Radio.Group name="scope" label="To which sessions?" defaultValue={refused?.values.scope ?? 'future'} size="xs">
                  <Stack gap={6} mt={6}>
                    <Radio
                      size="xs"
                      value="future"
                      label={group.course ? `Enrol in ${group.course.name}: all still to come` : 'This one and all that follow'}
                    />
                    <Radio size="xs" value="one" label="This one alone" />
                  </Stack>
                </Radio.Group>
              ) : (
                <input type="hidden" name="scope" value="one" />
              )}
              {refused?.problem.code === 'student_conflict' ? (
                <Checkbox size="xs" name="overrule" label="Add them although they have another session then" />
              ) : null}
            </StudentForm>
          </details>
        ) : null}
        {group.open ? (
          <Stack gap="xs">
            <Text size="sm" fw={600}>
              Waiting list
            </Text>
            <WaitingList
              waiting={group.waiting}
              students={group.students}
              error={errorOf('wait')}
              empty={full ? 'Nobody waits for a place.' : 'Nobody waits, and there are places.'}
            />
          </Stack>
        ) : null}
      </Stack>
    </Section>
  );
}
