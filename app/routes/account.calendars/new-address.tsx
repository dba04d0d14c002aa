import { Alert, Anchor, List, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyLine } from '#app/ui/copy-line.tsx';

/** The address, for the one time that it can be shown, and what to do with it. */
export function NewAddress({ address, name }: { address: string; name: string }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <Alert ref={shown} color="green" role="status" tabIndex={-1} title={`The address of “${name}” is made`}>
      <Stack gap="sm">
        <Text size="sm">It is shown this once. Copy it now; if it gets lost, make another.</Text>
        <CopyLine label="Address" value={address} />
        <List size="sm" spacing={4}>
          <List.Item>
            <b>Google Calendar</b>, on a computer: beside “Other calendars” choose +, then “From URL”, and paste the address. It
            is on the phone a little later.
          </List.Item>
          <List.Item>
            <b>Apple</b>:{' '}
            <Anchor href={address.replace(/^https?:/, 'webcal:')} inherit underline="always">
              open it here
            </Anchor>
            , or in Calendar choose File, “New Calendar Subscription”, and paste it.
          </List.Item>
          <List.Item>
            <b>Outlook</b>: “Add calendar”, “Subscribe from web”, and paste it.
          </List.Item>
        </List>
        <Text size="sm" c="dimmed">
          Calendars look again by themselves: Apple’s every hour or so, Google’s and Outlook’s a few times a day.
        </Text>
      </Stack>
    </Alert>
  );
}
