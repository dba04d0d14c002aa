import { Anchor, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';

export interface LateRow {
  id: string;
  startsAt: string;
  by: string;
  tutorName: string;
  tutorPhone: string | null;
  studentNames: string[];
}

const lateColumns: Column<LateRow>[] = [
  {
    key: 'tutor',
    header: 'Tutor',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} inherit to={`/office/sessions/${row.id}`}>
        {row.tutorName}
      </Anchor>
    ),
  },
  {
    key: 'ring',
    header: 'Ring',
    cell: (row) =>
      row.tutorPhone ? (
        <Anchor inherit href={`tel:${row.tutorPhone.replaceAll(/[^+\d]/g, '')}`}>
          {row.tutorPhone}
        </Anchor>
      ) : (
        'No number kept'
      ),
  },
  {
    key: 'began',
    header: 'Began',
    cell: (row) => (
      <span className="tabular">
        {row.startsAt}, {row.by} ago
      </span>
    ),
  },
  { key: 'students', header: 'Students', cell: (row) => row.studentNames.join(', ') },
];

/** Online sessions under way whose tutor isn't in the room: who to ring. */
export function LateList({ late }: { late: readonly LateRow[] }) {
  return (
    <section aria-labelledby="late">
      <Title order={2} id="late" mb="xs">
        The tutor isn’t in the room
      </Title>
      <DataTable caption="Tutors who are late" columns={lateColumns} rows={late} rowKey={(row) => row.id} />
    </section>
  );
}

export interface RoomRow {
  sessionId: string;
  when: string;
  tutorName: string;
  title: string;
  state: string;
  error: string | null;
  /** What to do about it. */
  wayOut: string | null;
}

const roomColumns: Column<RoomRow>[] = [
  {
    key: 'session',
    header: 'Session',
    primary: true,
    cell: (row) => (
      <Anchor component={Link} inherit to={`/office/sessions/${row.sessionId}#meeting`}>
        {row.title}
      </Anchor>
    ),
  },
  { key: 'when', header: 'When', cell: (row) => <span className="tabular">{row.when}</span> },
  { key: 'tutor', header: 'Tutor', cell: (row) => row.tutorName },
  {
    key: 'room',
    header: 'Room',
    cell: (row) =>
      row.state === 'failed' ? (
        <>
          <Text size="sm" c="var(--mantine-color-error)" span>
            Failed: {row.error ?? 'the provider gave no reason'}
          </Text>{' '}
          {row.wayOut}
        </>
      ) : (
        'Still being made'
      ),
  },
];

/** Rooms that failed, or aren't there shortly before the start. */
export function MeetingList({ rooms }: { rooms: readonly RoomRow[] }) {
  return (
    <section aria-labelledby="rooms">
      <Title order={2} id="rooms" mb="xs">
        Sessions whose room isn’t there
      </Title>
      <DataTable caption="Sessions without a room" columns={roomColumns} rows={rooms} rowKey={(row) => row.sessionId} />
    </section>
  );
}
