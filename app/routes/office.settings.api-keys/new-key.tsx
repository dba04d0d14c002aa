import { Alert, Button, Code, Group, Stack, Text, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';

/** The key, for the one time that it can be shown. */
export function NewKey({ keyText, name, origin }: { keyText: string; name: string; origin: string }) {
  const { copy, copied } = useClipboard({ timeout: 3000 });
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <Alert ref={shown} color="green" role="status" tabIndex={-1} title={`The key “${name}” is made`}>
      <Stack gap="sm">
        <Text size="sm">It is shown this once. Copy it to where it will be used; if it gets lost, make another.</Text>
        <Group gap="xs" align="flex-end">
          <TextInput label="Key" value={keyText} readOnly flex={1} miw={200} onFocus={(event) => event.currentTarget.select()} />
          <Button
            variant="default"
            onClick={() => copy(keyText)}
            leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          >
            {copied ? 'Copied' : 'Copy'}
          </Button>
        </Group>
        <Code block>{`curl -H "Authorization: Bearer $KEY" ${origin}/api/v1/programs`}</Code>
      </Stack>
    </Alert>
  );
}
