import { Button, Group } from '@mantine/core';
import { Link } from '@remix-run/react';

interface ChildSwitcherProps {
  pupils: readonly { id: string; name: string }[];
  /** Whose page it is; null: everybody's. */
  chosen: string | null;
  /** Where it leads, with the student in its address. */
  to: (id: string | null) => string;
  /** Says "All" where the page can show everybody at once. */
  all?: boolean;
}

/** Which child a family's page is about: links, so that it works without a script and each has an address. Nothing for one child. */
export function ChildSwitcher({ pupils, chosen, to, all = false }: ChildSwitcherProps) {
  if (pupils.length < 2) return null;
  const choices = [...(all ? [{ id: null, name: 'All' }] : []), ...pupils];
  return (
    <Group component="nav" gap="xs" mb="lg" aria-label="Whose">
      {choices.map(({ id, name }) => (
        <Button
          key={id ?? 'all'}
          component={Link}
          to={to(id)}
          size="sm"
          variant={id === chosen ? 'light' : 'default'}
          aria-current={id === chosen ? 'page' : undefined}
          preventScrollReset
        >
          {name}
        </Button>
      ))}
    </Group>
  );
}
