import { Anchor, Table, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';

export interface LateRow {
  id: string;
  ref: string;
  startsAt: string;
  by: string;
  tutorName: string;
  tutorPhone: string | null;
  studentNames: string[];
}

/** Online sessions under way whose tutor isn't in the room: who to ring. */
export function LateList({ late }: { late: readonly LateRow[] }) {
  return (
    <section aria-labelledby="late">
      <Title order={2} id="late" mb="xs">
        The tutor isn’t in the room
      </Title>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Began</Table.Th>
              <Table.Th>Tutor</Table.Th>
              <Table.Th>Students</Table.Th>
              <Table.Th>Ring</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {late.map((row) => (
              <Table.Tr key={row.id}>
                <Table.Td className="tabular">
                  <Anchor component={Link} inherit underline="always" to={`/office/sessions/${row.id}`}>
                    {row.startsAt}
                  </Anchor>
                  , {row.by} ago
                </Table.Td>
                <Table.Td>{row.tutorName}</Table.Td>
                <Table.Td>{row.studentNames.join(', ')}</Table.Td>
                <Table.Td>
                  {row.tutorPhone ? (
                    <Anchor inherit href={`tel:${row.tutorPhone.replaceAll(/[^+\d]/g, '')}`}>
                      {row.tutorPhone}
                    </Anchor>
                  ) : (
                    'No number kept'
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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

/** Rooms that failed, or aren't there shortly before the start. */
export function MeetingList({ rooms }: { rooms: readonly RoomRow[] }) {
  return (
    <section aria-labelledby="rooms">
      <Title order={2} id="rooms" mb="xs">
        Sessions whose room isn’t there
      </Title>
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Session</Table.Th>
              <Table.Th>Tutor</Table.Th>
              <Table.Th>Room</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rooms.map((row) => (
              <Table.Tr key={row.sessionId}>
                <Table.Td className="tabular">
                  <Anchor component={Link} inherit underline="always" to={`/office/sessions/${row.sessionId}#meeting`}>
                    {row.title}
                  </Anchor>
                  , {row.when}
                </Table.Td>
                <Table.Td>{row.tutorName}</Table.Td>
                <Table.Td>
                  {row.state === 'failed' ? (
                    <Text size="sm" c="var(--mantine-color-error)">
                      Failed: {row.error ?? 'the provider gave no reason'}
                    </Text>
                  ) : (
                    'Still being made'
                  )}
                  {row.wayOut ? (
                    <Text size="xs" c="dimmed">
                      {row.wayOut}
                    </Text>
                  ) : null}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
