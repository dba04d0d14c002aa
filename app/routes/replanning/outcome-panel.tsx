import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import styles from './replanning.module.css';
import type { OutcomeView } from './view-outcome.ts';

type Line = OutcomeView['lines'][number];

const columns: Column<Line>[] = [
  { key: 'when', header: 'When', cell: (line) => <span className={`tabular ${styles.when}`}>{line.when}</span> },
  {
    key: 'what',
    header: 'Session',
    primary: true,
    cell: (line) => (
      <Anchor component={Link} to={line.href} size="sm">
        {line.what}
      </Anchor>
    ),
  },
  {
    key: 'text',
    header: 'What happens',
    cell: (line) => (
      <span className={line.failed ? styles.failed : undefined}>{line.failed ? `Not done: ${line.text}` : line.text}</span>
    ),
  },
];

/** What many changes come to: in numbers, then one by one. */
export function OutcomePanel({ outcome, title }: { outcome: OutcomeView; title: string }) {
  return (
    <Stack gap="sm">
      <Alert
        role="status"
        tabIndex={-1}
        data-error-summary
        color={outcome.failed > 0 ? 'yellow' : 'gray'}
        variant="light"
        title={title}
        styles={{ title: { color: 'var(--mantine-color-text)' } }}
      >
        <Text size="sm">{[outcome.summary, ...outcome.consequences].join(' ')}</Text>
        {outcome.failed > 0 ? (
          <Text size="sm" fw={600}>
            {outcome.failed === 1 ? '1 can’t be done like that' : `${outcome.failed} can’t be done like that`}: see why below.
          </Text>
        ) : null}
      </Alert>
      {outcome.lines.length > 0 ? (
        <DataTable caption="One by one" columns={columns} rows={outcome.lines} rowKey={(line) => line.id} />
      ) : null}
    </Stack>
  );
}
