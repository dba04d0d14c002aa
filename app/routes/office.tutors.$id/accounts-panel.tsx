import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { SentProvider } from '../connection-pages/account-facts.tsx';
import { connectionWords } from '../connection-pages/connection-words.ts';

/** The tutor's own accounts at meeting providers, in short; nothing where no provider asks for one. */
export function AccountsPanel({ providers, to }: { providers: SentProvider[]; to: string }) {
  const asked = providers.filter(({ needed, connection }) => needed || connection !== null);
  if (asked.length === 0) return null;
  return (
    <Panel
      title="Meeting accounts"
      aside={
        <Anchor component={Link} to={to} size="sm">
          Accounts
        </Anchor>
      }
    >
      <Stack gap={6}>
        {asked.map(({ installId, name, connection }) => (
          <Group key={installId} justify="space-between" gap="xs">
            <Text size="sm">
              {name}
              {connection ? `: ${connection.accountLabel}` : ''}
            </Text>
            <StatusBadge {...connectionWords[connection?.state ?? 'disconnected']} />
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
