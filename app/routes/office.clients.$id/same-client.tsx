import { Alert, Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';

interface Props {
  source: string;
  same: readonly { id: string; name: string; ref: string }[];
}

/** Somebody booked on the public page without an account: nobody has checked who they are, and they may be known. */
export function SameClient({ source, same }: Props) {
  if (same.length === 0 && source !== 'storefront') return null;
  const known = same.map((client, at) => (
    <span key={client.id}>
      {at > 0 ? ', ' : ''}
      <Anchor component={Link} to={`/office/clients/${client.id}`} size="sm">
        {client.name} ({client.ref})
      </Anchor>
    </span>
  ));
  return (
    <Alert variant="light" color={same.length > 0 ? 'yellow' : undefined} mb="md" maw={900}>
      {source === 'storefront' ? 'Came through the booking page, with an address that nobody has checked. ' : ''}
      {same.length > 0 ? <>Has the same e-mail address as {known}: perhaps the same family.</> : null}
    </Alert>
  );
}
