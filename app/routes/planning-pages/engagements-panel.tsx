import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import type { EngagementView } from './engagement-view.ts';

interface Props {
  engagements: readonly EngagementView[];
  of: 'tutor' | 'student';
  /** Where a new one is made. */
  add: string;
}

/** Whom a tutor is engaged to, or who is engaged to a student, on that person's page. */
export function EngagementsPanel({ engagements, of, add }: Props) {
  return (
    <Panel
      title="Engagements"
      aside={
        <Anchor component={Link} to={add} size="sm">
          Engage
        </Anchor>
      }
    >
      {engagements.length === 0 ? (
        <Text size="sm" c="dimmed">
          None is open.
        </Text>
      ) : (
        <Stack gap="sm">
          {engagements.map((one) => (
            <div key={one.id}>
              <Group gap="xs" justify="space-between">
                <Anchor component={Link} to={`/office/engagements/${one.id}`} size="sm" fw={500}>
                  {of === 'tutor' ? one.studentName : one.tutorName}
                </Anchor>
                <StatusBadge label={one.state.label} tone={one.state.tone} />
              </Group>
              <Text size="sm" c="dimmed">
                {one.subject}, {one.program}. {one.hours} booked this week. Planned by: {one.who.toLowerCase()}.
              </Text>
            </div>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
