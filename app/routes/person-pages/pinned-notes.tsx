import { Alert, Text } from '@mantine/core';
import { IconPinFilled } from '@tabler/icons-react';
import { DateTime } from '#app/ui/date-time.tsx';
import styles from './notes.module.css';

interface Props {
  notes: readonly { id: string; body: string; author: string | null; createdAt: Date }[];
}

/** What nobody who opens the page should miss. */
export function PinnedNotes({ notes }: Props) {
  return notes.map((note) => (
    <Alert key={note.id} variant="light" icon={<IconPinFilled size={16} aria-label="Pinned" />} role="note" mb="md">
      <p className={styles.body}>{note.body}</p>
      <Text size="xs" c="dimmed">
        {note.author ?? 'A former user'}, <DateTime value={note.createdAt} show="date" plain />
      </Text>
    </Alert>
  ));
}
