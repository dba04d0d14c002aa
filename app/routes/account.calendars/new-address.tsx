import { Alert, Anchor, Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

/** The address, for the one time that it can be shown, and what to do with it. */
export function NewAddress({ address, name }: { address: string; name: string }) {
  const { copy, copied } = useClipboard({ timeout: 3000 });
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <Alert ref={shown} color="green" role="status" tabIndex={-1} title={`The address of “${name}” is made`}>
      <Stack gap="sm">
        <Text size="sm">It is shown this once. Copy it now; if it gets lost, make another.</Text>
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Address"
            value={address}
            readOnly
            flex={1}
            miw={200}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button
            variant="default"
            onClick={() => copy(address)}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        </Group>
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
