import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { AccountsOfTutors } from '#app/domain/connections/queries.server.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { SentConnection } from '../connection-pages/account-facts.tsx';
import { connectionWords } from '../connection-pages/connection-words.ts';

const MOST_NAMED = 30;

interface TutorAccountsProps {
  accounts: Omit<AccountsOfTutors, 'connections'> & { connections: SentConnection[] };
}

/** Which tutors have connected an account, how it stands, and who has none. */
export function TutorAccounts({ accounts: { connections, without } }: TutorAccountsProps) {
  const to = (tutorId: string) => `/office/tutors/${tutorId}/accounts`;
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="accounts">
      <Title order={2} id="accounts" mb="xs">
        Accounts of tutors
      </Title>
      {connections.length === 0 ? (
        <Text size="sm" c="dimmed">
          No tutor has connected an account yet. Each does it at /tutor/settings, once the settings above are saved.
        </Text>
      ) : (
        <Stack gap={8} component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
          {connections.map((connection) => (
            <Group key={connection.id} component="li" justify="space-between" gap="xs">
              <Text size="sm">
                <Anchor component={Link} to={to(connection.tutorId)} underline="always">
                  {connection.tutorName}
                </Anchor>
                : {connection.accountLabel}
              </Text>
              <StatusBadge {...connectionWords[connection.state]} />
            </Group>
          ))}
        </Stack>
      )}
      {without.length > 0 ? (
        <Text size="sm" mt="md">
          Can’t be booked here yet, having connected none:{' '}
          {without.slice(0, MOST_NAMED).map(({ tutorId, tutorName }, index) => (
            <span key={tutorId}>
              {index > 0 ? ', ' : ''}
              <Anchor component={Link} to={to(tutorId)} underline="always">
                {tutorName}
              </Anchor>
            </span>
          ))}
          {without.length > MOST_NAMED ? ` and ${without.length - MOST_NAMED} more` : ''}.
        </Text>
      ) : null}
    </Paper>
  );
}
