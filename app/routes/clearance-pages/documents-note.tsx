import { Alert, Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { type Standing, standingWords } from '#app/domain/clearances/clearance.ts';

interface Props {
  documents: readonly { id: string; name: string; standing: Standing; required: boolean }[];
}

/** On the tutor's day: what they have to send in, and else the way to their documents. */
export function DocumentsNote({ documents }: Props) {
  if (documents.length === 0) return null;
  const wanted = documents.filter(({ standing, required }) => required && standing !== 'valid' && standing !== 'to_check');
  if (wanted.length === 0)
    return (
      <Text size="sm">
        <Anchor component={Link} to="/tutor/documents" size="sm" underline="always">
          Your documents
        </Anchor>{' '}
        are in order.
      </Text>
    );
  return (
    <Alert
      color="yellow"
      variant="light"
      title={
        wanted.length === 1 ? 'The office needs a document of yours' : `The office needs ${wanted.length} documents of yours`
      }
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      {wanted.map(({ name, standing }) => `${name} (${standingWords[standing].toLowerCase()})`).join(', ')}.{' '}
      <Anchor component={Link} to="/tutor/documents" size="sm" underline="always">
        Send {wanted.length === 1 ? 'it' : 'them'} in
      </Anchor>
    </Alert>
  );
}
