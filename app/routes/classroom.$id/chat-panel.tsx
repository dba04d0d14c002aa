import { ActionIcon, Anchor, Button, CloseButton, FileButton, Group, Text, Textarea, Title } from '@mantine/core';
import { IconPaperclip, IconSend } from '@tabler/icons-react';
import { type DragEvent, Fragment, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { MOST_CHAT_LETTERS, type RoomFile, type RoomMessage } from '#app/domain/classroom/protocol.ts';
import styles from './chat.module.css';
import { linkParts } from './link-parts.ts';
import type { RoomPage } from './page-data.ts';
import roomStyles from './room.module.css';
import { fileAddress, uploadFile } from './room-files.ts';
import type { RoomSession, RoomView } from './room-session.ts';
import type { OutgoingMessage } from './room-state.ts';

interface Props {
  page: RoomPage;
  room: RoomView;
  session: RoomSession;
  onClose: () => void;
}

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
      <Messages page={page} room={room} session={session} />
      {dragging ? <div className={styles.drop}>Let go to send the file</div> : null}
      {files.states.map(({ id, name, problem }) => (
        <Group key={id} gap="xs" px="sm" py={4} wrap="nowrap">
          <Text size="sm" flex={1} c={problem ? 'var(--mantine-color-error)' : 'dimmed'} role={problem ? 'alert' : 'status'}>
            {problem ? `${name}: ${problem}` : `${name} is being sent`}
          </Text>
          {problem ? <CloseButton size="sm" aria-label="Dismiss" onClick={() => files.dismiss(id)} /> : null}
        </Group>
      ))}
      <Composer onSend={(body) => session.write(body, null)} onFiles={files.add} />
    </aside>
  );
}

function Messages({ page, room, session }: Omit<Props, 'onClose'>) {
  const end = useRef<HTMLLIElement>(null);
  const count = room.messages.length + room.outgoing.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new message is scrolled to
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [count]);
  if (count === 0) {
    return (
      <div className={styles.empty}>
        <Text c="dimmed" size="sm">
          Write to each other, or send a file: type below, or drop a file here. It stays with the session.
        </Text>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    <ol className={styles.messages} tabIndex={0} aria-label="Messages">
      {room.messages.map((message, index) => (
        <Message
          key={message.id}
          page={page}
          message={message}
          own={message.from.key === room.you?.key}
          first={room.messages[index - 1]?.from.key !== message.from.key}
        />
      ))}
      {room.outgoing.map((message) => (
        <Outgoing key={message.id} message={message} session={session} />
      ))}
      <li ref={end} aria-hidden className={styles.end} />
    </ol>
  );
}

interface MessageProps {
  page: RoomPage;
  message: RoomMessage;
  own: boolean;
  first: boolean;
}

function Message({ page, message, own, first }: MessageProps) {
  const { locale, timeZone } = page.clock;
  const time = new Date(message.sentAt).toLocaleTimeString(locale, { timeZone, hour: '2-digit', minute: '2-digit' });
  return (
    <li className={styles.message} data-own={own || undefined}>
      {first ? (
        <Text size="xs" c="dimmed">
          {own ? 'You' : message.from.name}, <time dateTime={message.sentAt}>{time}</time>
        </Text>
      ) : null}
      <div className={styles.bubble}>
        {message.body ? <Body text={message.body} /> : null}
        {message.file ? <SharedFile sessionId={page.sessionId} file={message.file} /> : null}
      </div>
    </li>
  );
}

function Body({ text }: { text: string }) {
  return (
    <p className={styles.body}>
      {linkParts(text).map((part, index) =>
        part.href === undefined ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message doesn't change
          <Fragment key={index}>{part.text}</Fragment>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message doesn't change
          <Anchor key={index} href={part.href} target="_blank" rel="noopener noreferrer" underline="always" inherit>
            {part.text}
          </Anchor>
        ),
      )}
    </p>
  );
}

function SharedFile({ sessionId, file }: { sessionId: string; file: RoomFile }) {
  const address = fileAddress(sessionId, file.id);
  return (
    <Anchor href={address} target="_blank" rel="noopener" underline="always" size="sm" className={styles.file}>
      {file.mediaType.startsWith('image/') ? <img src={address} alt="" className={styles.image} loading="lazy" /> : null}
      {file.name} <span className={styles.size}>({bytesText(file.bytes)})</span>
    </Anchor>
  );
}

function Outgoing({ message, session }: { message: OutgoingMessage; session: RoomSession }) {
  return (
    <li className={styles.message} data-own>
      <div className={styles.bubble} data-pending>
        {message.body ? <p className={styles.body}>{message.body}</p> : null}
        {message.file ? <Text size="sm">{message.file.name}</Text> : null}
      </div>
      {message.problem ? (
        <Group gap={6} role="alert">
          <Text size="xs" c="var(--mantine-color-error)">
            {message.problem}
          </Text>
          <Button size="compact-xs" variant="default" onClick={() => session.write(message.body, message.file, message.id)}>
            Send again
          </Button>
          <Button size="compact-xs" variant="subtle" onClick={() => session.discard(message.id)}>
            Discard
          </Button>
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          On its way
        </Text>
      )}
    </li>
  );
}

function Composer({ onSend, onFiles }: { onSend: (body: string) => void; onFiles: (files: File[]) => void }) {
  const [text, setText] = useState('');
  const send = () => {
    const body = text.trim();
    if (body === '') return;
    onSend(body);
    setText('');
  };
  const press = (event: KeyboardEvent) => {
    // While a word is being put together (Japanese, Chinese) Enter takes it.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <FileButton multiple onChange={onFiles}>
        {(props) => (
          <ActionIcon {...props} variant="subtle" color="gray" size={36} aria-label="Send a file">
            <IconPaperclip size={20} aria-hidden />
          </ActionIcon>
        )}
      </FileButton>
      <Textarea
        aria-label="Message"
        placeholder="Write a message"
        autosize
        minRows={1}
        maxRows={5}
        flex={1}
        maxLength={MOST_CHAT_LETTERS}
        // On a phone its keyboard would cover what was written.
        autoFocus={window.matchMedia('(hover: hover)').matches}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={press}
        onPaste={(event) => {
          const files = [...event.clipboardData.files];
          if (files.length === 0) return;
          event.preventDefault();
          onFiles(files);
        }}
      />
      <ActionIcon type="submit" size={36} aria-label="Send" disabled={text.trim() === ''}>
        <IconSend size={18} aria-hidden />
      </ActionIcon>
    </form>
  );
}

interface Upload {
  id: string;
  name: string;
  problem: string | null;
}

/** Files on their way, each by itself: one that is refused takes no other with it. */
function useUploads(sessionId: string, onDone: (file: RoomFile) => void) {
  const [states, setStates] = useState<Upload[]>([]);
  const dismiss = (id: string) => setStates((all) => all.filter((one) => one.id !== id));
  const add = (files: File[]) => {
    for (const file of files) {
      const id = crypto.randomUUID();
      setStates((all) => [...all, { id, name: file.name, problem: null }]);
      void uploadFile(sessionId, 'chat', file).then(
        (done) => {
          dismiss(id);
          onDone(done);
        },
        (error: Error) => setStates((all) => all.map((one) => (one.id === id ? { ...one, problem: error.message } : one))),
      );
    }
  };
  return { states, add, dismiss };
}

function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
