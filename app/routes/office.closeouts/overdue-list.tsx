import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import type { SessionView } from '#app/ui/session-view.ts';

export interface OverdueRow extends SessionView {
  waits: string;
  sentBackReason: string | null;
}

const columns: Column<OverdueRow>[] = [
  {
    key: 'session',
    header: 'Session',
    primary: true,
    cell: (row) => (
      <>
        <Anchor component={Link} to={row.href} size="sm">
          {row.title}
        </Anchor>
        {row.sentBackReason ? (
          <Text size="xs" c="dimmed">
            Sent back: {row.sentBackReason}
          </Text>
        ) : null}
      </>
    ),
  },
  { key: 'waits', header: 'Waiting', cell: (row) => <span className="tabular">{row.waits}</span> },
  {
    key: 'when',
    header: 'When',
    cell: (row) => (
      <span className="tabular">
        {row.when.day}, {row.when.time}
      </span>
    ),
  },
  { key: 'tutor', header: 'Tutor', cell: (row) => row.tutorName },
  { key: 'students', header: 'Students', cell: (row) => row.students.map((student) => student.name).join(', ') },
  {
    key: 'do',
    header: 'Way out',
    cell: (row) => (
      <Anchor
        component={Link}
        to={`${row.href}/close-out`}
        size="sm"
        aria-label={`Close out ${row.title}, ${row.when.long}, on behalf of ${row.tutorName}`}
      >
        Close out on behalf
      </Anchor>
    ),
  },
];

/** Sessions whose tutor hasn't closed them out, the longest waiting first. */
export function OverdueList({ overdue }: { overdue: readonly OverdueRow[] }) {
  return <DataTable caption="Close-outs overdue" columns={columns} rows={overdue} rowKey={(row) => row.id} />;
}
