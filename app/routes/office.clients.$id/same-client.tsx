import { Alert, Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';

interface Props {
  source: string;
  same: readonly { id: string; name: string; ref: string }[];
}

const THROUGH: Record<string, string> = { storefront: 'booking page', enquiry: 'enquiry form' };

/** Somebody booked or asked on a public page without an account: nobody has checked who they are, and they may be known. */
export function SameClient({ source, same }: Props) {
  const through = THROUGH[source];
  if (same.length === 0 && !through) return null;
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
      {through ? `Came through the ${through}, with an address that nobody has checked. ` : ''}
      {same.length > 0 ? <>Has the same e-mail address as {known}: perhaps the same family.</> : null}
    </Alert>
  );
}
