import { Badge, Button, CloseButton, Group, Stack, Text, Title } from '@mantine/core';
import type { RoomPerson } from '#app/domain/classroom/protocol.ts';
import roomStyles from './room.module.css';
import type { RoomSession, RoomView } from './room-session.ts';

interface Props {
  room: RoomView;
  session: RoomSession;
  onClose: () => void;
}

const ROLES = { host: 'Tutor', guest: 'Student', observer: 'Office, looks on' } as const;

/** Who is in, who waits at the door, and who was not let in. */
export function PeoplePanel({ room, session, onClose }: Props) {
  const decides = room.you?.role !== 'guest';
  const of = (state: RoomPerson['state']) => room.people.filter((person) => person.state === state);
  const waiting = of('waiting');
  const refused = of('refused');
  return (
    <aside className={roomStyles.panel} aria-label="People">
      <div className={roomStyles.panelHead}>
        <Title order={2} size="h3">
          People
        </Title>
        <CloseButton aria-label="Close the list of people" onClick={onClose} />
      </div>
      <Stack gap="lg" p="sm" style={{ overflowY: 'auto' }}>
        {decides && waiting.length > 0 ? (
          <Part title="Waiting to be let in">
            {waiting.map((person) => (
              <Group key={person.key} justify="space-between" gap="xs">
                <Text size="sm">
                  {person.name}
                  {person.online ? '' : ' (not here any more)'}
                </Text>
                <Group gap={6}>
                  <Button size="compact-sm" onClick={() => session.admit(person.key, true)}>
                    Let in
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => session.admit(person.key, false)}>
                    Don’t
                  </Button>
                </Group>
              </Group>
            ))}
          </Part>
        ) : null}
        <Part title="In the classroom">
          {of('admitted').map((person) => (
            <Group key={person.key} justify="space-between" gap="xs">
              <div>
                <Text size="sm">
                  {person.name}
                  {person.key === room.you?.key ? ' (you)' : ''}
                </Text>
                <Text size="xs" c="dimmed">
                  {ROLES[person.role]}
                </Text>
              </div>
              {person.online ? (
                decides && person.role === 'guest' ? (
                  <Button size="compact-sm" variant="subtle" color="red" onClick={() => session.remove(person.key)}>
                    Show out
                  </Button>
                ) : null
              ) : (
                <Badge variant="light" color="yellow" tt="none">
                  Cut off
                </Badge>
              )}
            </Group>
          ))}
        </Part>
        {decides && refused.length > 0 ? (
          <Part title="Not let in">
            {refused.map((person) => (
              <Group key={person.key} justify="space-between" gap="xs">
                <Text size="sm">{person.name}</Text>
                <Button size="compact-sm" variant="default" onClick={() => session.admit(person.key, true)}>
                  Let in after all
                </Button>
              </Group>
            ))}
          </Part>
        ) : null}
        <Text size="xs" c="dimmed">
          The classroom takes one tutor and one student. A third person is not let in; the office may look on, and is listed here.
        </Text>
      </Stack>
    </aside>
  );
}

function Part({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <Stack gap="xs">
      <Title order={3} size="sm">
        {title}
      </Title>
      {children}
    </Stack>
  );
}
