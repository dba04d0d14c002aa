import { Button } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconPlayerPlayFilled } from '@tabler/icons-react';

/** The way to a session that starts at once. */
export function InstantButton({ to, children = 'Instant session' }: { to: string; children?: string }) {
  return (
    <Button component={Link} to={to} variant="default" leftSection={<IconPlayerPlayFilled size={14} aria-hidden />}>
      {children}
    </Button>
  );
}
