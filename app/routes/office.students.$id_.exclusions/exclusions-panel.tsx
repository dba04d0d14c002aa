import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { Exclusion } from '#app/domain/matching/exclusion-queries.server.ts';
import { Panel } from '#app/ui/record-facts.tsx';

/** Who must not be given to the student; on the student's page. */
export function ExclusionsPanel({ studentId, exclusions }: { studentId: string; exclusions: readonly Exclusion[] }) {
  return (
    <Panel
      title="Tutors ruled out"
      aside={
        <Anchor component={Link} to={`/office/students/${studentId}/exclusions`} size="sm">
          {exclusions.length === 0 ? 'Rule one out' : 'Change'}
        </Anchor>
      }
    >
      {exclusions.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody: matching may propose every tutor.
        </Text>
      ) : (
        <List size="sm" spacing={4}>
          {exclusions.map(({ tutorId, tutorName, reason }) => (
            <List.Item key={tutorId}>
              {tutorName}
              {reason ? `: ${reason}` : ''}
            </List.Item>
          ))}
        </List>
      )}
    </Panel>
  );
}
