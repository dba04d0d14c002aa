import { Button, Group, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconPlus } from '@tabler/icons-react';

export function TodayHeader({ date }: { date: string }) {
  return (
    <Group justify="space-between" align="flex-end">
      <div>
        <Title order={1}>Today</Title>
        <Text c="dimmed">{date}</Text>
      </div>
      <Button component={Link} to="/office/sessions/new" leftSection={<IconPlus size={18} aria-hidden />}>
        Book a session
      </Button>
    </Group>
  );
}
