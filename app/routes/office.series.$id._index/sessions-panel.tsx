import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { SessionMark } from '#app/ui/session-mark.tsx';
import type { SeriesSessionView } from './view-series.ts';

const columns: Column<SeriesSessionView>[] = [
  {
    key: 'when',
    header: 'When',
    primary: true,
    cell: (session) => (
      <Anchor component={Link} to={`/office/sessions/${session.id}`} size="sm" className="tabular">
        {session.when}
      </Anchor>
    ),
  },
  {
    key: 'students',
    header: 'Students',
    cell: (session) => session.students.join(', ') || 'Nobody',
  },
  {
    key: 'rule',
    header: 'By hand',
    cell: (session) => (session.instead ? <Text size="sm">instead of {session.instead}</Text> : '–'),
  },
  { key: 'status', header: 'Status', cell: (session) => <SessionMark status={session.status} /> },
];

export function SessionsPanel({ sessions, caption }: { sessions: readonly SeriesSessionView[]; caption: string }) {
  return <DataTable caption={caption} columns={columns} rows={sessions} rowKey={(session) => session.id} />;
}
