import { Text } from '@mantine/core';
import { DateTime } from './date-time.tsx';
import styles from './record-facts.module.css';
import type { HistoryLine } from './record-history-words.ts';

/** Who changed what, the newest first. */
export function RecordHistory({ lines }: { lines: HistoryLine[] }) {
  if (lines.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing has been changed here yet.
      </Text>
    );
  return (
    <ol className={styles.history} reversed>
      {lines.map((line) => (
        <li key={line.id}>
          <div>
            <strong>{line.what}</strong>
            {line.changes.length > 0 ? `: ${line.changes.join('; ')}` : ''}
          </div>
          <Text size="xs" c="dimmed" component="div">
            {line.by}, <DateTime value={line.at} plain />
          </Text>
        </li>
      ))}
    </ol>
  );
}
