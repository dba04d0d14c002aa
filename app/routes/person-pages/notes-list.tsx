import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconPinFilled } from '@tabler/icons-react';
import type { AboutType, Visibility } from '#app/domain/people/about.ts';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './notes.module.css';
import { visibilityWords } from './person-words.ts';

interface Note {
  id: string;
  body: string;
  visibility: Visibility;
  pinned: boolean;
  author: string | null;
  createdAt: Date;
  version: number;
}

export function NotesList({ type, notes }: { type: AboutType; notes: readonly Note[] }) {
  return (
    <ol className={styles.list}>
      {notes.map((note) => (
        <li key={note.id} className={styles.note}>
          <Group gap="xs">
            {note.pinned ? (
              <Text size="xs" fw={600} component="span" className={styles.pinned}>
                <IconPinFilled size={14} aria-hidden /> Pinned
              </Text>
            ) : null}
            <StatusBadge label={visibilityWords(type, note.visibility)} tone={toneOf(note.visibility)} />
          </Group>
          <p className={styles.body}>{note.body}</p>
          <Group justify="space-between" gap="xs">
            <Text size="xs" c="dimmed">
              {note.author ?? 'A former user'}, <DateTime value={note.createdAt} plain />
              {note.version > 1 ? ' (changed since)' : ''}
            </Text>
            <Group gap="xs">
              <Anchor component={Link} to={`/office/notes/${note.id}`} size="sm">
                Edit
              </Anchor>
              <ConfirmButton
                label="Remove"
                consequence="The note is gone for everyone."
                confirm="Remove the note"
                fields={{ intent: 'remove-note', what: note.id }}
                size="compact-sm"
              />
            </Group>
          </Group>
        </li>
      ))}
    </ol>
  );
}

/** What others than the office see stands out, so that nobody shares unawares. */
export const toneOf = (visibility: Visibility) => (visibility === 'tutor' || visibility === 'family' ? 'live' : 'quiet');
