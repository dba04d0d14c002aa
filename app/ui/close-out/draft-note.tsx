import { Alert, Button, Group, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { DateTime } from '../date-time.tsx';

interface DraftNoteProps {
  /** When it was typed, ISO. */
  savedAt: string;
  onForget: () => void;
}

/** What was typed and not sent is in the form again; or is thrown away. */
export function DraftNote({ savedAt, onForget }: DraftNoteProps) {
  return (
    <Alert variant="light" color="blue" role="status" p="sm">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          What you had typed is here again (<DateTime value={savedAt} />
          ). It isn’t sent yet.
        </Text>
        <Form method="post" reloadDocument onSubmit={onForget}>
          <Button type="submit" name="intent" value="forget-draft" variant="subtle" size="compact-sm">
            Start afresh
          </Button>
        </Form>
      </Group>
    </Alert>
  );
}
