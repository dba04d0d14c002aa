import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import { IconChevronLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { PageHelp, type PageHelpProps } from './page-help.tsx';

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  back?: { to: string; label: string };
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** A small "?" that explains the page. */
  help?: PageHelpProps | undefined;
}

export function PageHeader({ title, description, back, actions, help }: PageHeaderProps) {
  return (
    <Stack gap={4} mb="lg" component="header">
      {back ? (
        <Anchor component={Link} to={back.to} size="sm" className="no-print">
          <Group gap={2} component="span" wrap="nowrap">
            <IconChevronLeft size={16} aria-hidden />
            {back.label}
          </Group>
        </Anchor>
      ) : null}
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={4} flex={description ? '1 1 14rem' : '0 1 auto'}>
          {help ? (
            <Group gap={6} wrap="nowrap" align="flex-start" pos="relative">
              <Title order={1}>{title}</Title>
              <PageHelp {...help} />
            </Group>
          ) : (
            <Title order={1}>{title}</Title>
          )}
          {description ? (
            <Text c="dimmed" size="sm">
              {description}
            </Text>
          ) : null}
        </Stack>
        {actions ? (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        ) : null}
      </Group>
    </Stack>
  );
}
