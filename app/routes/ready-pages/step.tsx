import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Found } from '#app/domain/meetings/readiness.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';

const marks: Record<Found | 'trying', { label: string; tone: 'good' | 'bad' | 'attention' | 'quiet' | 'neutral' }> = {
  ok: { label: 'Works', tone: 'good' },
  missing: { label: 'Not found', tone: 'bad' },
  denied: { label: 'Not allowed', tone: 'bad' },
  weak: { label: 'Weak', tone: 'attention' },
  not_tested: { label: 'Not tested', tone: 'quiet' },
  trying: { label: 'Being tried', tone: 'neutral' },
};

interface Props {
  title: string;
  found: Found | 'trying';
  /** Instead of the mark's usual word. */
  mark?: string | undefined;
  children?: ReactNode;
}

/** One thing that is tried, how it stands, and what to do. */
export function Step({ title, found, mark, children }: Props) {
  const shown = marks[found];
  return (
    <Paper component="section" withBorder p="md" radius="md" aria-label={title}>
      <Stack gap="sm">
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h4">
            {title}
          </Title>
          <div role="status">
            <StatusBadge label={mark ?? shown.label} tone={shown.tone} />
          </div>
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}

export function StepText({ children }: { children: ReactNode }) {
  return <Text size="sm">{children}</Text>;
}
