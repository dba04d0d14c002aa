import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { CloseOutView, EarlierView } from './session-detail.ts';
import { SessionMark } from './session-mark.tsx';
import styles from './session-sections.module.css';
import { Labelled, Prose, Section } from './session-sections.tsx';

/** What took place, as every reader may see it; `children` for what only some may. */
export function CloseOutSection({ closeOut, title, children }: { closeOut: CloseOutView; title: string; children?: ReactNode }) {
  return (
    <Section id="close-out" title={title}>
      <Stack gap="sm">
        <ul className={styles.list}>
          {closeOut.students.map((student) => (
            <li key={student.id}>
              <Group gap="xs">
                <Text fw={500}>{student.name}</Text>
                <SessionMark status={student.outcome} />
              </Group>
              {student.note ? <Prose>{student.note}</Prose> : null}
              <Labelled label="Homework of their own" text={student.homework} />
            </li>
          ))}
        </ul>
        <Labelled label="Progress" text={closeOut.notes} />
        <Labelled label="Summary for the family" text={closeOut.summary} />
        <Labelled label="Homework" text={closeOut.homework} />
        <Labelled label="Next time" text={closeOut.nextTopics} />
        {children}
      </Stack>
    </Section>
  );
}

/** Where they left off: the sessions before this one, the latest first. */
export function EarlierSection({
  earlier,
  title,
  showTutor = false,
}: {
  earlier: readonly EarlierView[];
  title: string;
  showTutor?: boolean;
}) {
  if (earlier.length === 0) return null;
  return (
    <Section id="earlier" title={title}>
      <ul className={styles.earlier}>
        {earlier.map((session) => (
          <li key={session.id}>
            <Group gap="xs" align="baseline">
              {session.href ? (
                <Anchor component={Link} to={session.href} fw={500}>
                  {session.day}: {session.title}
                </Anchor>
              ) : (
                <Text fw={500}>
                  {session.day}: {session.title}
                </Text>
              )}
              <Text size="sm" c="dimmed">
                {[session.students.map((student) => student.name).join(', '), showTutor ? `with ${session.tutorName}` : '']
                  .filter(Boolean)
                  .join(' ')}
              </Text>
            </Group>
            <Stack gap={4} mt={4}>
              {session.students.map((student) =>
                student.note ? <Labelled key={student.name} label={student.name} text={student.note} /> : null,
              )}
              <Labelled label="Progress" text={session.notes} />
              <Labelled label="Homework" text={session.homework} />
              <Labelled label="Next time" text={session.nextTopics} />
            </Stack>
          </li>
        ))}
      </ul>
    </Section>
  );
}
