import { Anchor, Button, Group, Text } from '@mantine/core';
import { Fragment, useEffect, useRef } from 'react';
import type { RoomFile, RoomMessage } from '#app/domain/classroom/protocol.ts';
import { bytesWords } from '#app/domain/files/file-types.ts';
import styles from './chat.module.css';
import { linkParts } from './link-parts.ts';
import type { RoomPage } from './page-data.ts';
import { fileAddress } from './room-files.ts';
import type { RoomSession, RoomView } from './room-session.ts';
import type { OutgoingMessage } from './room-state.ts';

interface Props {
  page: RoomPage;
  room: RoomView;
  session: RoomSession;
}

/** All that was written, the newest in sight, and below it what is still on its way. */
export function ChatMessages({ page, room, session }: Props) {
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
  const time = new Date(message.sentAt).toLocaleTimeString(locale, { timeZone, timeStyle: 'short' });
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
      {file.name} <span className={styles.size}>({bytesWords(file.bytes)})</span>
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
