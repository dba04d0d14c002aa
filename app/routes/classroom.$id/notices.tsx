import { Alert, Button, Group, Paper, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { LocalMediaState } from './call/local-media.ts';
import { problemWords } from './problem-words.ts';
import styles from './room.module.css';
import type { RoomSession, RoomView } from './room-session.ts';

interface Props {
  room: RoomView;
  local: LocalMediaState;
  session: RoomSession;
  onChat: () => void;
}

/** Over the room: what has to be seen whatever is large, and goes by itself when it is over. */
export function Notices({ room, local, session, onChat }: Props) {
  const decides = room.you?.role !== 'guest';
  const waiting = decides ? room.people.filter((person) => person.state === 'waiting' && person.online) : [];
  const lost = (['microphone', 'camera'] as const).filter((device) => local.problems[device] === 'lost');
  return (
    <div className={styles.notices}>
      {room.link === 'away' ? (
        <Alert color="yellow" role="alert" title="The line to Lectern is cut off">
          It comes back by itself. What you write and draw is kept and sent then.
        </Alert>
      ) : null}
      {waiting.map((person) => (
        <Paper key={person.key} withBorder shadow="md" p="sm">
          <Group justify="space-between" gap="sm">
            <Text size="sm" fw={600}>
              {person.name} is waiting to be let in
            </Text>
            <Group gap="xs">
              <Button size="compact-sm" onClick={() => session.admit(person.key, true)}>
                Let in
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => session.admit(person.key, false)}>
                Don’t
              </Button>
            </Group>
          </Group>
        </Paper>
      ))}
      {lost.map((device) => (
        <Alert key={device} color="yellow" role="alert">
          {problemWords(device, 'lost')}
        </Alert>
      ))}
      {room.problem ? (
        <Alert color="red" role="alert" withCloseButton closeButtonLabel="Dismiss" onClose={session.dismissProblem}>
          {room.problem}
        </Alert>
      ) : null}
      <LatestMessage room={room} onChat={onChat} />
    </div>
  );
}

const SHOWN_FOR = 6_000;

/** The newest message while the chat is shut: for a moment, and then the number at the button is enough. */
function LatestMessage({ room, onChat }: Pick<Props, 'room' | 'onChat'>) {
  const latest = room.unread > 0 && !room.chatOpen ? room.messages.at(-1) : undefined;
  const id = latest?.id;
  const [gone, setGone] = useState<string>();
  useEffect(() => {
    if (!id) return;
    const timer = setTimeout(() => setGone(id), SHOWN_FOR);
    return () => clearTimeout(timer);
  }, [id]);
  if (!latest || gone === id || latest.from.key === room.you?.key) return null;
  return (
    <Paper withBorder shadow="md" p="xs" className={styles.latest}>
      <Group gap="sm" wrap="nowrap" justify="space-between">
        <Text size="sm" lineClamp={2}>
          <b>{latest.from.name}:</b> {latest.body || latest.file?.name}
        </Text>
        <Button size="compact-sm" variant="default" flex="none" onClick={onChat}>
          Open the chat
        </Button>
      </Group>
    </Paper>
  );
}
