import { Alert, Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { Duplicates } from '#app/domain/requests/find-duplicates.server.ts';

/** What a new request would be a second one of, with the ways on: take the person who is known, or make it all the same. */
export function DuplicatesAlert({ duplicates, used }: { duplicates: Duplicates; used: string }) {
  const { requests, people } = duplicates;
  const usable = people.filter((person) => !person.archived);
  return (
    <Alert
      color="yellow"
      variant="light"
      title="Is this one of these?"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {/* Whom one has chosen already, while there is more to ask. */}
      <input type="hidden" name="used" value={used} />
      <Stack gap="sm">
        <List size="sm">
          {requests.map((request) => (
            <List.Item key={request.id}>
              <Anchor component={Link} to={`/office/requests/${request.id}`} target="_blank" inherit>
                {request.studentName}, {request.subjectName ?? 'no subject yet'} ({request.ref})
              </Anchor>
              , in {request.stageName}
            </List.Item>
          ))}
          {people.map((person) => (
            <List.Item key={person.id}>
              <Anchor component={Link} to={`/office/${person.kind}s/${person.id}`} target="_blank" inherit>
                {person.name}
              </Anchor>
              {person.archived ? ', archived' : ''}
            </List.Item>
          ))}
        </List>
        <Group gap="xs">
          {usable.map((person) => (
            <Button key={person.id} type="submit" name="use" value={`${person.kind}:${person.id}`} size="xs">
              It is for {person.name}
            </Button>
          ))}
          <Button type="submit" name="despite" value="on" size="xs" variant="default">
            Add it all the same
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          Nothing was saved yet; what you typed is below.
        </Text>
      </Stack>
    </Alert>
  );
}
