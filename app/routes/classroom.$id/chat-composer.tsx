import { ActionIcon, FileButton, Textarea } from '@mantine/core';
import { IconPaperclip, IconSend } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { MOST_CHAT_LETTERS } from '#app/domain/classroom/protocol.ts';
import styles from './chat.module.css';

/** Where a message is typed. Enter sends it; files are chosen or pasted. */
export function ChatComposer({ onSend, onFiles }: { onSend: (body: string) => void; onFiles: (files: File[]) => void }) {
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
