import { Anchor, Group, Text } from '@mantine/core';
import { bytesWords } from '#app/domain/files/file-types.ts';
import type { AboutType, Visibility } from '#app/domain/people/about.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './notes.module.css';
import { toneOf } from './notes-list.tsx';
import { visibilityWords } from './person-words.ts';

interface File {
  id: string;
  name: string;
  bytes: number;
  visibility: Visibility;
  uploadedBy: string | null;
  createdAt: Date;
}

export function FilesList({ type, files }: { type: AboutType; files: readonly File[] }) {
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.id} className={styles.file}>
          <div>
            <Anchor href={`/files/${file.id}`} className={styles.name}>
              {file.name}
            </Anchor>
            <Text size="xs" c="dimmed">
              {bytesWords(file.bytes)}, {file.uploadedBy ?? 'sent by form'}, <DateTime value={file.createdAt} show="date" plain />
            </Text>
          </div>
          <Group gap="xs">
            <StatusBadge label={visibilityWords(type, file.visibility)} tone={toneOf(file.visibility)} />
            <ConfirmButton
              label="Remove"
              consequence={`“${file.name}” is gone for everyone, and can’t be brought back.`}
              confirm="Remove the file"
              fields={{ intent: 'remove-file', what: file.id }}
              size="compact-sm"
            />
          </Group>
        </li>
      ))}
    </ul>
  );
}
