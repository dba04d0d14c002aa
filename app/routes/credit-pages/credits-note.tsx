import { Alert, Anchor } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Credits } from '#app/ui/money.tsx';

interface Props {
  /** Hundredths of a credit; null: this family doesn't pay with credits. */
  available: bigint | null;
  canBuy: boolean;
}

/** Beside booking: what is left to book with, and where more is bought. */
export function CreditsNote({ available, canBuy }: Props) {
  if (available === null) return null;
  const short = available <= 0n;
  return (
    <Alert variant="light" color={short ? 'yellow' : 'gray'} mb="md" role="note">
      {available === 0n ? (
        'No credits are left to book with.'
      ) : (
        <>
          {short ? 'More is booked than was bought' : 'Credits left to book with'}: <Credits value={available} />.
        </>
      )}{' '}
      <Anchor component={Link} to="/family/credits" size="sm" underline="always">
        {canBuy ? 'Buy a package' : 'Where they went'}
      </Anchor>
    </Alert>
  );
}
