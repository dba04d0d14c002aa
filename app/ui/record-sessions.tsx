import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Column, DataTable } from './data-table.tsx';
import { DateTime } from './date-time.tsx';
import { statusOfSession } from './session-status.ts';
import { StatusBadge } from './status-badge.tsx';

export interface RecordSession {
  id: string;
  status: string;
  title: string;
  startsAt: Date;
  endsAt: Date;
  durationMinutes: number;
  tutorName: string;
  subjectName: string;
  closeOutStatus: string | null;
  places: { studentId: string; name: string }[];
}

interface RecordSessionsProps {
  caption: string;
  sessions: RecordSession[];
  /** Who the page is about, whose column would say the same in each row. */
  of: 'tutor' | 'student' | 'client' | 'program';
  now: Date;
  none: string;
}

export function RecordSessions({ caption, sessions, of, now, none }: RecordSessionsProps) {
  if (sessions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  const columns: Column<RecordSession>[] = [
    {
      key: 'when',
      header: 'When',
      primary: true,
      cell: (row) => (
        <Anchor component={Link} to={`/office/sessions/${row.id}`} size="sm" style={{ whiteSpace: 'nowrap' }}>
          <DateTime value={row.startsAt} plain />
        </Anchor>
      ),
    },
    { key: 'what', header: 'What', cell: (row) => `${row.title || row.subjectName}, ${row.durationMinutes} min` },
  ];
  if (of !== 'tutor') columns.push({ key: 'tutor', header: 'Tutor', cell: (row) => row.tutorName });
  if (of !== 'student')
    columns.push({ key: 'students', header: 'Students', cell: (row) => row.places.map((place) => place.name).join(', ') });
  columns.push({ key: 'status', header: 'State', cell: (row) => <StatusBadge {...statusProps(row, now)} /> });
  return <DataTable caption={caption} columns={columns} rows={sessions} rowKey={(row) => row.id} />;
}

function statusProps(row: RecordSession, now: Date) {
  const { label, tone } = statusOfSession(row, now);
  return { label, tone };
}
