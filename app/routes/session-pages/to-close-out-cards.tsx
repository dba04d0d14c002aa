import { Button, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import type { ToCloseOutView } from './view-to-close-out.ts';

export function ToCloseOutCards({ rows }: { rows: readonly ToCloseOutView[] }) {
  return (
    <SessionCards>
      {rows.map((row) => (
        <li key={row.id}>
          <SessionCard session={row} as="tutor" showDay>
            {row.sentBackReason ? (
              <Text size="sm">
                <Text span fw={600}>
                  Sent back:
                </Text>{' '}
                {row.sentBackReason}
              </Text>
            ) : null}
            <Group justify="space-between" gap="xs">
              <Button component={Link} to={`${row.href}/close-out`} aria-label={`Close out ${row.title}, ${row.when.long}`}>
                Close out
              </Button>
              {row.overdue ? (
                <Text size="sm" c="var(--mantine-color-error)">
                  {row.overdue}
                  <Text span display="block" size="xs" c="dimmed">
                    Not in your pay until you close it out
                  </Text>
                </Text>
              ) : null}
            </Group>
          </SessionCard>
        </li>
      ))}
    </SessionCards>
  );
}
