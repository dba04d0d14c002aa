import { Button, Group } from '@mantine/core';
import { Form } from '@remix-run/react';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface Row {
  id: string;
  name: string;
}

function Arrange({ row, to, children }: { row: Row; to: string; children: ReactNode }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={row.id} />
      <input type="hidden" name="to" value={to} />
      {children}
    </Form>
  );
}

/** The buttons of one package in the list. */
export function ArrangeButtons({ row, first, last }: { row: Row; first: boolean; last: boolean }) {
  const arrow = { type: 'submit', variant: 'default', size: 'compact-sm', px: 6 } as const;
  return (
    <Group gap={4} wrap="nowrap">
      <Arrange row={row} to="up">
        <Button {...arrow} aria-label={`Move ${row.name} up`} disabled={first}>
          <IconArrowUp size={16} aria-hidden />
        </Button>
      </Arrange>
      <Arrange row={row} to="down">
        <Button {...arrow} aria-label={`Move ${row.name} down`} disabled={last}>
          <IconArrowDown size={16} aria-hidden />
        </Button>
      </Arrange>
      <Arrange row={row} to="archive">
        <Button type="submit" variant="subtle" size="compact-sm" aria-label={`Take ${row.name} off sale`}>
          Off sale
        </Button>
      </Arrange>
    </Group>
  );
}

export function RestoreButton({ row }: { row: Row }) {
  return (
    <Arrange row={row} to="restore">
      <Button type="submit" variant="subtle" size="compact-sm" aria-label={`Sell ${row.name} again`}>
        Sell again
      </Button>
    </Arrange>
  );
}
