import { Paper, Stack, Text, Title } from '@mantine/core';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import styles from './api-keys.module.css';

export interface KeyLine {
  id: string;
  name: string;
  prefix: string;
  scopes: string[];
  createdAt: Date;
  createdBy: string | null;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  state: 'holds' | 'expired' | 'revoked';
}

/** The keys there are, with who made them and whether anything uses them. */
export function KeyList({ keys }: { keys: readonly KeyLine[] }) {
  if (keys.length === 0) return <Text c="dimmed">No key was made yet.</Text>;
  return (
    <section aria-labelledby="keys">
      <Title order={2} id="keys" mb="sm">
        Keys
      </Title>
      <Stack gap="xs" component="ul" className={styles.list}>
        {keys.map((key) => (
          <Paper key={key.id} withBorder p="md" component="li" className={styles.key}>
            <div>
              <Title order={3} className={styles.title}>
                {key.name} <code>{key.prefix}…</code>
                {key.state === 'holds' ? null : (
                  <StatusBadge label={key.state === 'revoked' ? 'Taken back' : 'Over'} tone="quiet" />
                )}
              </Title>
              <Text size="sm">{key.scopes.join(', ')}</Text>
              <Text size="sm" c="dimmed">
                Made <DateTime value={key.createdAt} show="date" plain />
                {key.createdBy ? ` by ${key.createdBy}` : ''}.{' '}
                {key.lastUsedAt ? (
                  <>
                    Last used <DateTime value={key.lastUsedAt} plain />.
                  </>
                ) : (
                  'Not used yet.'
                )}
                {key.expiresAt && key.state === 'holds' ? (
                  <>
                    {' '}
                    Holds until <DateTime value={key.expiresAt} plain />.
                  </>
                ) : null}
              </Text>
            </div>
            {key.state === 'revoked' ? null : (
              <ConfirmButton
                label="Take back"
                consequence={`Whatever uses “${key.name}” is refused from the next call on. It can’t be given back; a new key can.`}
                confirm="Take the key back"
                fields={{ intent: 'revoke', key: key.id }}
                dangerous
              />
            )}
          </Paper>
        ))}
      </Stack>
    </section>
  );
}
