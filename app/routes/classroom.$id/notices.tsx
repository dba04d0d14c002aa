import { Button, CloseButton, Group, Paper, Text } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
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

/** Under the header: what has to be seen whatever is large, and goes by itself when it is over. */
export function Notices({ room, local, session, onChat }: Props) {
  const decides = room.you?.role !== 'guest';
  const waiting = decides ? room.people.filter((person) => person.state === 'waiting' && person.online) : [];
  const lost = (['microphone', 'camera'] as const).filter((device) => local.problems[device] === 'lost');
  return (
    <>
      <div className={styles.notices}>
        {room.link === 'away' ? (
          <Notice kind="warning">
            <b>The line to Lectern is cut off.</b> It comes back by itself. What you write and draw is kept and sent then.
          </Notice>
        ) : null}
        {waiting.map((person) => (
          <div key={person.key} className={styles.notice}>
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
          </div>
        ))}
        {lost.map((device) => (
          <Notice key={device} kind="warning">
            {problemWords(device, 'lost')}
          </Notice>
        ))}
        {room.problem ? (
          <Notice kind="problem" onDismiss={session.dismissProblem}>
            {room.problem}
          </Notice>
        ) : null}
      </div>
      <LatestMessage room={room} onChat={onChat} />
    </>
  );
}

function Notice(notice: { kind: 'warning' | 'problem'; onDismiss?: () => void; children: ReactNode }) {
  const { kind, onDismiss, children } = notice;
  return (
    <div role="alert" className={styles.notice} data-kind={kind}>
      <p>{children}</p>
      {onDismiss ? <CloseButton size="sm" aria-label="Dismiss" onClick={onDismiss} /> : null}
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
