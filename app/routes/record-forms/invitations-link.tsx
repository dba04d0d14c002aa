import { Button } from '@mantine/core';
import { Link } from '@remix-run/react';

interface Props {
  of: 'tutor' | 'client' | 'student';
  mayInvite: boolean;
}

/** From a list of people to those of them who don't sign in yet. */
export function InvitationsLink({ of, mayInvite }: Props) {
  if (!mayInvite) return null;
  return (
    <Button component={Link} to={`/office/invitations?of=${of}`} variant="default">
      Invitations
    </Button>
  );
}
