import { Group, Skeleton, Stack, Text } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { ratingWords } from '#app/domain/goals/goal.schema.ts';
import { Prose, Section } from '#app/ui/session-sections.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './progress.module.css';
import type { GoalsView } from './view-goals.ts';

/** The library of charts is large: it is loaded after the page, and by this one alone. */
const Lines = lazy(async () => ({ default: (await import('./goal-lines.tsx')).GoalLines }));

/** What a student works towards, and how far it is over time: a picture, and the same as a table behind it. */
export function GoalsSection({ goals }: { goals: GoalsView }) {
  const mounted = useMounted();
  if (goals.goals.length === 0) return null;
  const drawn = goals.rows.length > 1;
  const waiting = <Skeleton height={240} />;
  return (
    <Section id="goals" title="Goals">
      <ul className={styles.goals}>
        {goals.goals.map((goal) => (
          <li key={goal.id}>
            <Group gap="xs" align="baseline">
              <Text fw={500}>{goal.title}</Text>
              {goal.status === 'open' ? null : <StatusBadge label={goal.statusName} tone="good" />}
            </Group>
            <Text size="sm" c="dimmed">
              {[goal.subject, goal.status === 'open' ? goal.stands : '', goal.due].filter(Boolean).join(' · ')}
            </Text>
            {goal.description ? <Prose>{goal.description}</Prose> : null}
          </li>
        ))}
      </ul>
      {drawn ? (
        <Stack gap="xs" mt="md">
          <div role="img" aria-label="How far each goal is over time, from 1 to 5" className="no-print">
            {mounted ? (
              <Suspense fallback={waiting}>
                <Lines goals={goals} />
              </Suspense>
            ) : (
              waiting
            )}
          </div>
          <ul className={styles.legend} aria-hidden>
            {goals.rated.map(({ id, title }, index) => (
              <li key={id} data-line={index % 6}>
                {title}
              </li>
            ))}
          </ul>
        </Stack>
      ) : null}
      {goals.rows.length > 0 ? <GoalsTable goals={goals} /> : null}
    </Section>
  );
}

function GoalsTable({ goals }: { goals: GoalsView }) {
  return (
    <details className={styles.answer}>
      <summary>The same as a table</summary>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption className={styles.hidden}>How far each goal was, the latest first</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {goals.rated.map(({ id, title }) => (
                <th key={id} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...goals.rows].reverse().map(({ date, label, ratings }) => (
              <tr key={date}>
                <th scope="row">{label}</th>
                {goals.rated.map(({ id }) => {
                  const rating = ratings[id];
                  return <td key={id}>{rating === undefined ? '–' : `${rating}, ${ratingWords[rating - 1]}`}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
