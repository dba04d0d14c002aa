import { CloseButton, Group, Text, Title } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import styles from './chat.module.css';
import { ChatComposer } from './chat-composer.tsx';
import { ChatMessages } from './chat-messages.tsx';
import type { RoomPage } from './page-data.ts';
import roomStyles from './room.module.css';
import type { RoomSession, RoomView } from './room-session.ts';
import { useUploads } from './use-uploads.ts';

interface Props {
  page: RoomPage;
  room: RoomView;
  session: RoomSession;
  onClose: () => void;
}

/** What was written and shared, and where more is written; files can be dropped anywhere on it. */
export function ChatPanel({ page, room, session, onClose }: Props) {
  const [dragging, setDragging] = useState(false);
  const files = useUploads(page.sessionId, (file) => session.write('', file));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    files.add([...event.dataTransfer.files]);
  };
  return (
    <aside
      className={roomStyles.panel}
      aria-label="Chat"
      data-dragging={dragging || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={drop}
    >
      <div className={roomStyles.panelHead}>
        <Title order={2} size="h3">
          Chat
        </Title>
        <CloseButton aria-label="Close the chat" onClick={onClose} />
      </div>
      <ChatMessages page={page} room={room} session={session} />
      {dragging ? <div className={styles.drop}>Let go to send the file</div> : null}
      {files.states.map(({ id, name, problem }) => (
        <Group key={id} gap="xs" px="sm" py={4} wrap="nowrap">
          <Text size="sm" flex={1} c={problem ? 'var(--mantine-color-error)' : 'dimmed'} role={problem ? 'alert' : 'status'}>
            {problem ? `${name}: ${problem}` : `${name} is being sent`}
          </Text>
          {problem ? <CloseButton size="sm" aria-label="Dismiss" onClick={() => files.dismiss(id)} /> : null}
        </Group>
      ))}
      <ChatComposer onSend={(body) => session.write(body, null)} onFiles={files.add} />
    </aside>
  );
}
