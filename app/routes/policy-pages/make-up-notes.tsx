import { Alert, Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { makeUpsOfFamily } from './make-ups-of-family.server.ts';

/** On the family's first page: lessons that were missed and may be made up for, with the way to book. */
export function MakeUpNotes({ makeUps }: { makeUps: Awaited<ReturnType<typeof makeUpsOfFamily>> }) {
  if (makeUps.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      role="note"
      title={makeUps.length === 1 ? 'A lesson to make up for' : 'Lessons to make up for'}
    >
      <Stack gap="xs">
        {makeUps.map((one) => (
          <div key={one.id}>
            <Text size="sm">
              {one.student}: {one.subject} of {one.when} may be made up for until {one.until}, with {one.minutes} minutes or more.
            </Text>
            {one.book ? (
              <Anchor component={Link} to={one.book} size="sm">
                Find a time for it
              </Anchor>
            ) : null}
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
