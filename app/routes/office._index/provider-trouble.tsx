import { Alert, Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ProviderTrouble as Trouble } from '#app/domain/meetings/provider-troubles.server.ts';

/** Meeting providers that are in trouble, or were taken out while sessions are still to come. */
export function ProviderTrouble({ troubles }: { troubles: readonly Trouble[] }) {
  if (troubles.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="note" title="Online rooms">
      {troubles.map((trouble) => (
        <div key={trouble.installId + trouble.text}>{trouble.text}</div>
      ))}
      <Anchor component={Link} to="/office/meetings" inherit underline="always">
        See the meetings
      </Anchor>
    </Alert>
  );
}
