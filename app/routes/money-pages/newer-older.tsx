import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';

interface Props {
  /** Of what, for who can't see it: "invoices". */
  of: string;
  page: number;
  /** There is a page after this one. */
  more: boolean;
  to: (page: number) => string;
  /** Said after the page's number. */
  note?: string;
}

/** The pages of a long list, newest first, whose end nobody has counted. */
export function NewerOlder({ of, page, more, to, note }: Props) {
  if (page === 1 && !more) return null;
  return (
    <Group gap="md" mt="sm" component="nav" aria-label={`Pages of ${of}`}>
      <Text size="sm" c="dimmed">
        Page {page}
        {note ? `; ${note}` : ''}
      </Text>
      {page > 1 ? (
        <Anchor component={Link} to={to(page - 1)} size="sm" rel="prev">
          Newer
        </Anchor>
      ) : null}
      {more ? (
        <Anchor component={Link} to={to(page + 1)} size="sm" rel="next">
          Older
        </Anchor>
      ) : null}
    </Group>
  );
}
