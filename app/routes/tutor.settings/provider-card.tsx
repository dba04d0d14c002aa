import { Group, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import { AccountFacts, type SentProvider } from '../connection-pages/account-facts.tsx';
import { connectionWords, disconnectText } from '../connection-pages/connection-words.ts';

/** One provider: what it is used for, which account, how it stands, and what can be done. */
export function ProviderCard({ provider }: { provider: SentProvider }) {
  const { installId, name, needed, open, connection } = provider;
  const none = needed
    ? `Sessions that meet at ${name} do so on your own account: connect it, so that they can be booked with you.`
    : `Sessions at ${name} run on the company’s account. Connect yours, and they run on that.`;
  return (
    <Panel title={name} aside={<StatusBadge {...connectionWords[connection?.state ?? 'disconnected']} />}>
      <Stack gap="sm">
        <AccountFacts provider={provider} none={none} />
        {connection === null && !open ? (
          <Text size="sm" c="dimmed">
            The office has not set it up for connecting yet.
          </Text>
        ) : null}
        <Group gap="sm" align="flex-start">
          {open ? (
            <Form method="post">
              <input type="hidden" name="intent" value="connect" />
              <input type="hidden" name="name" value={name} />
              <SubmitButton name="install" value={installId} variant={connection?.state === 'connected' ? 'default' : 'filled'}>
                {connection ? 'Connect again' : `Connect ${name}`}
              </SubmitButton>
            </Form>
          ) : null}
          {connection ? (
            <ConfirmButton
              align="start"
              dangerous
              label="Disconnect"
              confirm={`Disconnect ${name}`}
              consequence={disconnectText(connection)}
              fields={{ intent: 'disconnect', connection: connection.id }}
            />
          ) : null}
        </Group>
      </Stack>
    </Panel>
  );
}
