import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Section } from '#app/ui/session-sections.tsx';
import styles from './progress.module.css';
import { ProgressEntryItem } from './progress-entry.tsx';
import type { ProgressView } from './progress-view.ts';

interface HomeProgressProps {
  toDo: readonly ProgressView[];
  done: readonly ProgressView[];
  /** Says whose, where there are several. */
  names: boolean;
}

/** On the home page: what is still to do, each a tap from its tick, and what was done last. */
export function HomeProgress({ toDo, done, names }: HomeProgressProps) {
  return (
    <>
      {toDo.length > 0 ? (
        <Section id="to-do" title="Homework to do">
          <ul className={styles.homeworks}>
            {toDo.map((entry) => (
              <li key={entry.key}>
                <Anchor component={Link} to={`/family/progress?student=${entry.studentId}#homework-${entry.key}`} fw={500}>
                  {names ? `${entry.studentName}: ${entry.subject}` : entry.subject}
                </Anchor>
                <Text size="sm" lineClamp={2}>
                  {entry.homework?.text}
                </Text>
                {entry.homework?.due ? (
                  <Text size="sm" c={entry.homework.overdue ? 'var(--mantine-color-error)' : 'dimmed'}>
                    {entry.homework.due}
                    {entry.homework.overdue ? ', overdue' : ''}
                  </Text>
                ) : null}
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {done.length > 0 ? (
        <Section id="done" title="What was done">
          <ul className={styles.entries}>
            {done.map((entry) => (
              <ProgressEntryItem key={entry.key} entry={{ ...entry, homework: null }} answer={undefined} named={names} />
            ))}
          </ul>
          <Anchor component={Link} to="/family/progress">
            All of it, with goals and attendance
          </Anchor>
        </Section>
      ) : null}
    </>
  );
}
