import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import type { GoalView } from './goals-of.server.ts';

/** What a student works towards, on their page; open ones alone. */
export function GoalsPanel({ goals, to }: { goals: readonly GoalView[]; to: string }) {
  const open = goals.filter((goal) => goal.status === 'open');
  return (
    <Panel
      title="Goals"
      aside={
        <Anchor component={Link} to={to} size="sm">
          {goals.length === 0 ? 'Add a goal' : 'All goals'}
        </Anchor>
      }
    >
      {open.length === 0 ? (
        <Text size="sm" c="dimmed">
          {goals.length === 0 ? 'What the student works towards stands here, and how far it is.' : 'None is open.'}
        </Text>
      ) : (
        <Stack gap="xs">
          {open.map((goal) => (
            <div key={goal.id}>
              <Text size="sm" fw={500}>
                {goal.title}
              </Text>
              <Text size="sm" c="dimmed">
                {goal.about}
              </Text>
            </div>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
