import { Button } from '@mantine/core';
import { Link } from '@remix-run/react';

/** To the conversation, or to its first message. */
export function WriteButton({ to, label }: { to: string; label: string }) {
  return (
    <Button component={Link} to={to} variant="default">
      {label}
    </Button>
  );
}
