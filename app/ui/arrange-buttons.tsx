import { Button, Group } from '@mantine/core';
import { Form } from '@remix-run/react';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Arrangement } from '#app/domain/arrange.ts';

interface RowProps {
  id: string;
  /** As it stands in the list: the buttons' names say it. */
  name: string;
}

interface ArrangeButtonsProps extends RowProps {
  first: boolean;
  last: boolean;
  /** A list in an order of its own can be moved in; of another there is only the archive. */
  ordered?: boolean;
  /** Of things that are called otherwise: what stands on the button, and what it says to a screen reader. */
  archive?: { label: string; says: string };
}

/** The buttons of one row of a list that an administrator puts in order. */
export function ArrangeButtons({ id, name, first, last, ordered = true, archive }: ArrangeButtonsProps) {
  const arrow = { type: 'submit', variant: 'default', size: 'compact-sm', px: 6 } as const;
  return (
    <Group gap={4} wrap="nowrap">
      {ordered ? (
        <>
          <Arrange id={id} to="up">
            <Button {...arrow} aria-label={`Move ${name} up`} disabled={first}>
              <IconArrowUp size={16} aria-hidden />
            </Button>
          </Arrange>
          <Arrange id={id} to="down">
            <Button {...arrow} aria-label={`Move ${name} down`} disabled={last}>
              <IconArrowDown size={16} aria-hidden />
            </Button>
          </Arrange>
        </>
      ) : null}
      <Arrange id={id} to="archive">
        <Button type="submit" variant="subtle" size="compact-sm" aria-label={archive?.says ?? `Archive ${name}`}>
          {archive?.label ?? 'Archive'}
        </Button>
      </Arrange>
    </Group>
  );
}

/** The way back out of the archive. */
export function RestoreButton({ id, name, restore }: RowProps & { restore?: { label: string; says: string } }) {
  return (
    <Arrange id={id} to="restore">
      <Button type="submit" variant="subtle" size="compact-sm" aria-label={restore?.says ?? `Bring ${name} back`}>
        {restore?.label ?? 'Bring back'}
      </Button>
    </Arrange>
  );
}

function Arrange({ id, to, children }: { id: string; to: Arrangement; children: ReactNode }) {
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="to" value={to} />
      {children}
    </Form>
  );
}
