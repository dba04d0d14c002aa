import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconPlus } from '@tabler/icons-react';
import { PageHelp } from '#app/ui/page-help.tsx';
import { InstantButton } from '../instant-pages/instant-button.tsx';

/** Without the button while a new company has nothing to book with. */
export function TodayHeader({ date, mayBook = true }: { date: string; mayBook?: boolean }) {
  return (
    <Group justify="space-between" align="flex-end">
      <div>
        <Group gap={6} wrap="nowrap" align="flex-start" pos="relative">
          <Title order={1}>Today</Title>
          <PageHelp
            text="Sessions now and next, who is late, and what waits for somebody. Each number leads to where it is solved."
            about="office/day"
          />
        </Group>
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
