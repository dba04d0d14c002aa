import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';
import type { MakeUpView } from './make-up-view.ts';

/** What a student may make up for, or has, on their page in the office; nothing where there is none. */
export function MakeUpsPanel({ studentId, makeUps }: { studentId: string; makeUps: readonly MakeUpView[] }) {
  if (makeUps.length === 0) return null;
  return (
    <Panel
      title="To be made up for"
      aside={
        <Anchor component={Link} to={`/office/make-ups?student=${studentId}`} size="sm">
          All
        </Anchor>
      }
    >
      <Stack gap="sm">
        {makeUps.map((row) => (
          <div key={row.id}>
            <Anchor component={Link} to={row.missed.to} size="sm" fw={500}>
              {row.missed.text}
            </Anchor>
            <Text size="sm" c="dimmed">
              {row.why}, {row.minutes} minutes of {row.program}.{' '}
              {row.state === 'open' ? `Until ${row.until}.` : `${row.stateText}.`}
            </Text>
            {row.state === 'open' ? (
              <Anchor component={Link} to={row.book} size="sm">
                Book the lesson for it
              </Anchor>
            ) : null}
          </div>
        ))}
      </Stack>
    </Panel>
  );
}
