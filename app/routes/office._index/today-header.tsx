import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconPlus } from '@tabler/icons-react';
import { InstantButton } from '../instant-pages/instant-button.tsx';

/** Without the button while a new company has nothing to book with. */
export function TodayHeader({ date, mayBook = true }: { date: string; mayBook?: boolean }) {
  return (
    <Group justify="space-between" align="flex-end">
      <div>
        <Title order={1}>Today</Title>
        <Text c="dimmed">{date}</Text>
      </div>
      {mayBook ? (
        <Group gap="xs">
          <InstantButton to="/office/sessions/instant" />
          <Button component={Link} to="/office/sessions/new" leftSection={<IconPlus size={18} aria-hidden />}>
            Book a session
          </Button>
        </Group>
      ) : null}
    </Group>
  );
}
