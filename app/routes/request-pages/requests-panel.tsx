import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { RequestsOf } from './requests-of.server.ts';

interface Props {
  requests: RequestsOf;
  of: 'student' | 'client';
  /** Where a new one is taken. */
  add: string;
}

/** What a family has asked for, on the page of the student or the client. */
export function RequestsPanel({ requests: { rows, total }, of, add }: Props) {
  return (
    <Panel
      title="Requests"
      aside={
        <Anchor component={Link} to={add} size="sm">
          New request
        </Anchor>
      }
    >
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet.
        </Text>
      ) : (
        <Stack gap="sm">
          {rows.map((row) => (
            <div key={row.id}>
              <Group gap="xs" justify="space-between">
                <Anchor component={Link} to={`/office/requests/${row.id}`} size="sm" fw={500}>
                  {of === 'client' ? `${row.name}: ${row.subject}` : row.subject}
                </Anchor>
                <StatusBadge label={row.stageName} tone={row.closed ? 'quiet' : row.ageing ? 'attention' : 'live'} />
              </Group>
              <Text size="sm" c="dimmed">
                {[row.amount, row.where, row.closedReason].filter(Boolean).join(', ')}
              </Text>
            </div>
          ))}
          {total > rows.length ? (
            <Text size="sm" c="dimmed">
              {total - rows.length} more, older ones.
            </Text>
          ) : null}
        </Stack>
      )}
    </Panel>
  );
}
