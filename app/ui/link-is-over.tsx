import { Button, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Entrance } from './entrance.tsx';

/** A link from a mail that doesn't hold any more: why that is, and what to do. */
export function LinkIsOver({ children, action }: { children: ReactNode; action: { to: string; label: string } }) {
  return (
    <Entrance title="This link is used or too old">
      <Text>{children}</Text>
      <Button component={Link} to={action.to}>
        {action.label}
      </Button>
    </Entrance>
  );
}
