import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import styles from './close-outs.module.css';

export interface HistoryRow {
  id: string;
  at: string;
  who: string;
  what: string;
  /** What was changed from what, and why. */
  detail: string;
  href: string;
  lesson: string;
  when: string;
  people: string;
}

const columns: Column<HistoryRow>[] = [
  {
    key: 'session',
    header: 'Session',
    primary: true,
    cell: (row) => (
      <>
        <Anchor component={Link} to={row.href} size="sm">
          {row.lesson}, {row.when}
        </Anchor>
        <Text size="xs" c="dimmed">
          {row.people}
        </Text>
      </>
    ),
  },
  {
    key: 'what',
    header: 'What',
    cell: (row) => (
      <div>
        <Text size="sm">{row.what}</Text>
        {row.detail ? (
          <Text size="xs" c="dimmed">
            {row.detail}
          </Text>
        ) : null}
      </div>
    ),
  },
  { key: 'who', header: 'By', cell: (row) => row.who },
  { key: 'at', header: 'When', cell: (row) => <span className={`tabular ${styles.stamp}`}>{row.at}</span> },
];

/** What was said, decided and put right, the latest first. */
export function HistoryList({ rows }: { rows: readonly HistoryRow[] }) {
  return <DataTable caption="History of close-outs" columns={columns} rows={rows} rowKey={(row) => row.id} />;
}
