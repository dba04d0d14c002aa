import { Alert, Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { Health } from './provider-health.server.ts';

/** Of a meeting provider: the trouble it is in, and the sessions to come that are left at one that can't be used. */
export function ProviderHealth({ health }: { health: Health | null }) {
  if (!health || (!health.trouble && health.sessionsLeft === 0)) return null;
  return (
    <Alert
      color={health.sessionsLeft > 0 ? 'red' : 'yellow'}
      variant="light"
      role="note"
      title={
        health.sessionsLeft > 0
          ? `${health.sessionsLeft === 1 ? '1 session to come has its' : `${health.sessionsLeft} sessions to come have their`} room here`
          : 'It is left alone for a while'
      }
    >
      {health.trouble}{' '}
      <Anchor component={Link} to="/office/meetings" inherit underline="always">
        {health.sessionsLeft > 0 ? 'Choose another provider for them' : 'See the meetings that wait'}
      </Anchor>
    </Alert>
  );
}
