import { Anchor, Text, Title } from '@mantine/core';
import { IconPinFilled } from '@tabler/icons-react';
import { bytesWords } from '#app/domain/files/file-types.ts';
import type { SharedItem } from '#app/domain/notes/shared.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import styles from './notes.module.css';

/** What the office shares with a tutor or a family; nothing where it shares nothing. */
export function SharedSection({ items }: { items: readonly SharedItem[] }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="shared">
      <Title order={2} id="shared" mb="sm">
        From the office
      </Title>
      <ul className={styles.list}>
        {items.map((item) => (
          <li key={item.id} className={styles.note}>
            {item.kind === 'file' ? (
              <Anchor href={`/files/${item.id}`} className={styles.name}>
                {item.text} ({bytesWords(item.bytes ?? 0)})
              </Anchor>
            ) : (
              <p className={styles.body}>{item.text}</p>
            )}
            <Text size="xs" c="dimmed">
              {item.pinned ? <IconPinFilled size={12} aria-label="Pinned" role="img" /> : null}{' '}
              {item.about ? `${item.about}, ` : ''}
              <DateTime value={item.at} show="date" plain />
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
