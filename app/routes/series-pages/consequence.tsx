import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { PlainDays } from './day-list.tsx';
import type { CancellationView } from './view-cancellation.ts';

/** How many sessions go, which of them too late, and what that costs. */
export function Consequence({ view, none }: { view: CancellationView; none: string }) {
  const sessions = view.count === 1 ? '1 session is cancelled' : `${view.count} sessions are cancelled`;
  const late = view.late.length;
  const title = view.count === 0 ? none : late > 0 ? `${sessions}, ${late} of them late` : `${sessions}, all in time`;
  return (
    <Alert color={late > 0 ? 'yellow' : 'gray'} variant="light" role="note" title={title}>
      <Stack gap="xs" aria-live="polite">
        {late > 0 ? (
          <>
            <Text size="sm">
              {view.fee
                ? `The late ones cost ${view.fee} together.`
                : 'The late ones are charged by the policy agreed at booking.'}
            </Text>
            <List size="sm">
              {view.late.map((one) => (
                <List.Item key={one.id}>
                  <Anchor component={Link} to={`/office/sessions/${one.id}`} inherit c="inherit" underline="always">
                    {one.text}
                  </Anchor>
                </List.Item>
              ))}
            </List>
          </>
        ) : view.count > 0 ? (
          <Text size="sm">Nothing is charged, and credits that were taken come back. Everybody is told once by mail.</Text>
        ) : null}
        <PlainDays title="Which" days={view.days} />
      </Stack>
    </Alert>
  );
}
