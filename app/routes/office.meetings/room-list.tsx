import { Anchor, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { type Column, DataTable } from '#app/ui/data-table.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { MeetingsPage } from './load-meetings.server.ts';

type Room = MeetingsPage['rooms'][number];

const columns: Column<Room>[] = [
  {
    key: 'session',
    header: 'Session',
    primary: true,
    cell: (row) => (
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Checkbox name="session" value={row.sessionId} aria-label={`Choose ${row.title}, ${row.when}`} size="xs" mt={3} />
        <Anchor component={Link} inherit to={`/office/sessions/${row.sessionId}#meeting`}>
          {row.title}
        </Anchor>
      </Group>
    ),
  },
  { key: 'when', header: 'When', cell: (row) => <span className="tabular">{row.when}</span> },
  { key: 'tutor', header: 'Tutor', cell: (row) => row.tutorName },
  {
    key: 'provider',
    header: 'Provider',
    cell: (row) => row.installName,
  },
  { key: 'room', header: 'Room', cell: (row) => <Story room={row} /> },
  {
    key: 'again',
    header: 'Again',
    cell: (row) => (
      <SubmitButton name="retry-one" value={row.sessionId} variant="default" size="compact-sm">
        Try again
      </SubmitButton>
    ),
  },
];

function Story({ room }: { room: Room }) {
  return (
    <div>
      {room.state === 'failed' ? (
        <StatusBadge label="Failed" tone="bad" />
      ) : (
        <StatusBadge label={room.error ? 'Waiting' : 'Being made'} tone="attention" />
      )}
      {room.error ? <Text size="sm">{room.error}</Text> : null}
      {room.next ? (
        <Text size="sm" c="dimmed">
          The next try is at <span className="tabular">{room.next}</span>.
        </Text>
      ) : null}
      {room.wayOut && !room.next ? (
        <Text size="sm" c="dimmed">
          {room.wayOut}
        </Text>
      ) : null}
    </div>
  );
}

interface RoomListProps {
  rooms: readonly Room[];
  total: number;
  choices: MeetingsPage['choices'];
}

/** One form for all: the ticked ones are tried again or get another provider; a row's button tries that one. */
export function RoomList({ rooms, total, choices }: RoomListProps) {
  return (
    <Form method="post" preventScrollReset>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <SubmitButton name="intent" value="retry-all">
            Try all again
          </SubmitButton>
          <SubmitButton name="intent" value="retry" variant="default">
            Try the ticked again
          </SubmitButton>
          {choices.length > 0 ? (
            <>
              <NativeSelect
                name="installId"
                label="Another provider"
                data={choices.map(({ id, name }) => ({ value: id, label: name }))}
              />
              <SubmitButton name="intent" value="change" variant="default">
                Use for the ticked
              </SubmitButton>
            </>
          ) : null}
        </Group>
        <Text size="sm" c="dimmed">
          {total === 1 ? '1 session' : `${total} sessions`}
          {total > rooms.length ? `, the first ${rooms.length} of them listed` : ''}. Links that were sent lead to our own page
          and keep working, whichever provider it is.
        </Text>
        <DataTable caption="Sessions without a room" columns={columns} rows={rooms} rowKey={(row) => row.sessionId} />
      </Stack>
    </Form>
  );
}
