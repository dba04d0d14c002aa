import { Alert, Anchor, List } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { Duplicates } from '#app/domain/requests/find-duplicates.server.ts';

const SAME = { email: 'same e-mail address', phone: 'same phone number', name: 'same name' };

/** Another open request for the same, and whoever has the client's address or number too. */
export function LikelyTwice({ duplicates: { requests, people } }: { duplicates: Duplicates }) {
  if (requests.length + people.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      role="note"
      mb="md"
      title="There may be two of this"
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <List size="sm">
        {requests.map((request) => (
          <List.Item key={request.id}>
            An open request for the same:{' '}
            <Anchor component={Link} to={`/office/requests/${request.id}`} inherit>
              {request.ref}, {request.subjectName ?? 'no subject yet'}
            </Anchor>{' '}
            in {request.stageName}
          </List.Item>
        ))}
        {people.map((person) => (
          <List.Item key={person.id}>
            <Anchor component={Link} to={`/office/${person.kind}s/${person.id}`} inherit>
              {person.name}
            </Anchor>{' '}
            has the {SAME[person.by]}
            {person.archived ? ' (archived)' : ''}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
