import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';

interface TabsProps {
  label: string;
  tabs: readonly { to: string; label: string; current: boolean }[];
}

/** Parts of a list, each an address. */
export function Tabs({ label, tabs }: TabsProps) {
  return (
    <Group gap="md" component="nav" aria-label={label}>
      {tabs.map((tab) => (
        <Anchor
          key={tab.label}
          component={Link}
          to={tab.to}
          size="sm"
          fw={tab.current ? 600 : 400}
          aria-current={tab.current ? 'page' : undefined}
          underline={tab.current ? 'never' : 'always'}
          c={tab.current ? 'var(--mantine-color-text)' : undefined}
        >
          {tab.label}
        </Anchor>
      ))}
    </Group>
  );
}

interface PageLinksProps {
  page: number;
  pages: number;
  total: number;
  many: string;
  to: (page: number) => string;
}

export function PageLinks({ page, pages, total, many, to }: PageLinksProps) {
  if (pages === 1) return null;
  return (
    <Group justify="space-between" mt="sm" component="nav" aria-label={`Pages of ${many}`}>
      <Text size="sm" c="dimmed">
        Page {page} of {pages}, {total} {many}
      </Text>
      <Group gap="md">
        {page > 1 ? (
          <Anchor component={Link} to={to(page - 1)} size="sm" rel="prev">
            Previous
          </Anchor>
        ) : null}
        {page < pages ? (
          <Anchor component={Link} to={to(page + 1)} size="sm" rel="next">
            Next
          </Anchor>
        ) : null}
      </Group>
    </Group>
  );
}
