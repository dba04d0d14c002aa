import { Anchor } from '@mantine/core';
import { Link, useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { leadingBack } from './way-back.ts';

interface Props {
  to: string;
  children: ReactNode;
}

/** To a page that mends what is missing here, and from there back to here. */
export function FixLink({ to, children }: Props) {
  const { pathname, search } = useLocation();
  return (
    <Anchor component={Link} to={leadingBack(to, pathname + search)} size="sm" underline="always">
      {children}
    </Anchor>
  );
}
