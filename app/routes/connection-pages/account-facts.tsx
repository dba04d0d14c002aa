import { Alert, List, Stack, Text } from '@mantine/core';
import type { Connection, TutorProvider } from '#app/domain/connections/queries.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';

/** As it comes from a loader. */
export type SentConnection = Omit<Connection, 'connectedAt' | 'refreshExpiresAt'> & {
  connectedAt: Date | string;
  refreshExpiresAt: Date | string | null;
};
export type SentProvider = Omit<TutorProvider, 'connection'> & { connection: SentConnection | null };

interface AccountFactsProps {
  provider: SentProvider;
  /** What is said where no account is connected. */
  none: string;
}

/** What is known of a tutor's account at a provider, and what it is used for. */
export function AccountFacts({ provider: { connection, scopes }, none }: AccountFactsProps) {
  return (
    <Stack gap="sm">
      {connection?.problem ? (
        <Alert color="red" variant="light" title="It has to be connected again">
          {connection.problem}
        </Alert>
      ) : null}
      <Text size="sm">{connection ? <Whose connection={connection} /> : none}</Text>
      {scopes.length > 0 ? (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {connection ? 'What it is used for' : 'What is asked for'}
          </Text>
          <List size="sm" spacing={2}>
            {scopes.map(({ scope, why }) => (
              <List.Item key={scope}>{why}</List.Item>
            ))}
          </List>
        </div>
      ) : null}
    </Stack>
  );
}

function Whose({ connection }: { connection: SentConnection }) {
  const { accountLabel, connectedAt, refreshExpiresAt, state } = connection;
  return (
    <>
      <b>{accountLabel}</b>, connected <DateTime value={connectedAt} show="date" plain />.
      {state === 'connected' && refreshExpiresAt ? (
        <>
          {' '}
          It has to be connected again by <DateTime value={refreshExpiresAt} show="date" plain />.
        </>
      ) : null}
    </>
  );
}
