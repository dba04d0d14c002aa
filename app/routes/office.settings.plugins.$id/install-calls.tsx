import { Badge, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { PluginCallView } from '#app/plugin-host/plugin-calls.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';

const effectWords: Record<string, string> = {
  provision: 'Room for a session',
  release: 'Giving a room up',
  join: 'A person’s link',
  check: 'Check',
  attendance: 'Who was there',
  token: 'Access',
};

/** What was asked of the provider lately, and what it said: for whoever looks into a failure. */
export function InstallCalls({ calls }: { calls: PluginCallView[] }) {
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="calls">
      <Title order={2} id="calls">
        Calls to the provider
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        {calls.length === 0
          ? 'Nothing has been asked of it in the last seven days. Each call will stand here with its answer.'
          : 'The newest first, kept for seven days. Keys and passwords are masked.'}
      </Text>
      <Stack gap={0}>
        {calls.map((call) => (
          <Call key={call.id} call={call} />
        ))}
      </Stack>
    </Paper>
  );
}

function Call({ call }: { call: PluginCallView }) {
  const bad = call.error !== null || (call.status ?? 0) >= 400;
  const what = effectWords[call.effect.split(':')[0] ?? ''] ?? call.effect;
  return (
    <details style={{ borderTop: '1px solid var(--mantine-color-default-border)', padding: '8px 0' }}>
      <summary style={{ cursor: 'pointer' }}>
        <Group gap="xs" component="span" display="inline-flex" style={{ verticalAlign: 'top' }}>
          <Badge variant="light" color={bad ? 'red' : 'green'} tt="none">
            {call.status ?? 'No answer'}
          </Badge>
          <Text size="sm" component="span">
            {what}
          </Text>
          <Text size="sm" c="dimmed" component="span">
            <DateTime value={call.at} />, {call.ms} ms
          </Text>
        </Group>
      </summary>
      <Stack gap="xs" mt="xs">
        <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
          {call.method} {call.url}
          {call.request ? `\n\n${call.request}` : ''}
        </Code>
        {call.error ? (
          <Text size="sm" c="red">
            {call.error}
          </Text>
        ) : null}
        {call.response ? (
          <Code block style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
            {call.response}
          </Code>
        ) : null}
      </Stack>
    </details>
  );
}
