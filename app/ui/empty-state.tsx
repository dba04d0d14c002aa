import { Button, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';

interface EmptyStateProps {
  title: string;
  /** What this page is for, in a sentence or two. */
  text: string;
  /** The one way to begin; left out where this person can't. */
  action?: { to: string; label: string } | undefined;
}

export function EmptyState({ title, text, action }: EmptyStateProps) {
  return (
    <Paper withBorder p="xl" radius="md">
      <Stack align="center" gap="sm" maw={460} mx="auto" ta="center">
        <Title order={2}>{title}</Title>
        <Text c="dimmed">{text}</Text>
        {action ? (
          <Button component={Link} to={action.to} mt="xs">
            {action.label}
          </Button>
        ) : null}
      </Stack>
    </Paper>
  );
}
