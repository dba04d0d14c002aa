import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { FilePreview } from './act-on-closures.server.ts';

const SKIPPED_SHOWN = 10;

/** The days of a file, each with a box: what is ticked becomes a closure. */
export function FilePreviewForm({ preview }: { preview: FilePreview }) {
  const { entries, skipped } = preview;
  const fresh = entries.filter((entry) => !entry.known).length;
  return (
    <Form method="post">
      <input type="hidden" name="programId" value={preview.programId} />
      <Stack gap="lg" maw={720}>
        <Text role="status">
          {entries.length === 0
            ? 'No whole days lie between these dates.'
            : fresh === 0
              ? 'All of these days are closures already.'
              : `${fresh === 1 ? 'One new day' : `${fresh} new days`}. Take out the ticks of those on which you teach.`}
        </Text>
        {entries.length > 0 ? (
          <Stack gap={6} component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
            {entries.map((entry) => (
              <li key={entry.value}>
                <Checkbox
                  name="entry"
                  value={entry.value}
                  defaultChecked={!entry.known}
                  disabled={entry.known}
                  label={`${entry.days}: ${entry.name}${entry.known ? ' (there already)' : ''}`}
                />
              </li>
            ))}
          </Stack>
        ) : null}
        {skipped.length > 0 ? (
          <Alert variant="light" color="gray" title="Left away">
            <List size="sm">
              {skipped.slice(0, SKIPPED_SHOWN).map((event, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a file may hold the same event twice
                <List.Item key={index}>
                  {event.name} {event.why}
                </List.Item>
              ))}
              {skipped.length > SKIPPED_SHOWN ? <List.Item>and {skipped.length - SKIPPED_SHOWN} more</List.Item> : null}
            </List>
          </Alert>
        ) : null}
        <Group>
          {fresh > 0 ? (
            <SubmitButton name="intent" value="take-over">
              Take over what is ticked
            </SubmitButton>
          ) : null}
          <Button component={Link} to="/office/settings/closures" variant="default">
            Back
          </Button>
        </Group>
      </Stack>
    </Form>
  );
}
