import { Button, Group, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';

/** Something to take along, such as an address, with a button that copies it. */
export function CopyLine({ label, value }: { label: string; value: string }) {
  const { copy, copied } = useClipboard({ timeout: 3000 });
  return (
    <Group gap="xs" align="flex-end">
      <TextInput label={label} value={value} readOnly flex={1} miw={200} onFocus={(event) => event.currentTarget.select()} />
      <Button
        variant="default"
        onClick={() => copy(value)}
        leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      >
        {copied ? 'Copied' : 'Copy'}
      </Button>
    </Group>
  );
}
