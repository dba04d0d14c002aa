import { Alert, Anchor, Group, NativeSelect, Text } from '@mantine/core';
import { Form, Link } from '@remix-run/react';
import { SubmitButton } from '#app/ui/submit-button.tsx';
import type { MeetingsPage } from './load-meetings.server.ts';

/** Providers that are left alone for a while. */
export function ClosedProviders({ gates, mayOpen }: { gates: MeetingsPage['gates']; mayOpen: boolean }) {
  return gates.map((gate) => (
    <Alert
      key={gate.installId}
      color="yellow"
      variant="light"
      role="note"
      title={gate.limited ? `${gate.name} takes no more calls just now` : `${gate.name} is in trouble`}
    >
      {gate.reason} It is left alone until {gate.until} and then tried again by itself. Bookings go on, and the rooms follow.{' '}
      {mayOpen ? (
        <Anchor component={Link} to={`/office/settings/plugins/${gate.installId}`} inherit underline="always">
          Open {gate.name}
        </Anchor>
      ) : null}
    </Alert>
  ));
}

/** Providers that can't be used any more, with the sessions that are left there. */
export function LeftProviders({ left }: { left: MeetingsPage['left'] }) {
  return left.map((provider) => (
    <Alert
      key={provider.installId}
      color="red"
      variant="light"
      role="note"
      title={`${provider.sessions === 1 ? '1 session to come has its' : `${provider.sessions} sessions to come have their`} room at ${provider.name}`}
    >
      <Text size="sm">
        {provider.problem} Rooms that were made there may still open; whatever changes needs another provider.
      </Text>
      {provider.others.length > 0 ? (
        <Form method="post">
          <input type="hidden" name="from" value={provider.installId} />
          <Group align="flex-end" gap="xs" mt="sm">
            <NativeSelect
              name="installId"
              label="Use instead"
              data={provider.others.map(({ id, name }) => ({ value: id, label: name }))}
            />
            <SubmitButton name="intent" value="leave" variant="default">
              {provider.sessions === 1 ? 'Move it' : `Move all ${provider.sessions}`}
            </SubmitButton>
          </Group>
        </Form>
      ) : (
        <Text size="sm" mt="xs">
          No other provider is set up yet. An administrator can do it in the settings.
        </Text>
      )}
    </Alert>
  ));
}
