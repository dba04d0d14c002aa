import { Alert, Code, Stack, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { CopyLine } from '#app/ui/copy-line.tsx';

/** The key, for the one time that it can be shown. */
export function NewKey({ keyText, name, origin }: { keyText: string; name: string; origin: string }) {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus(), []);
  return (
    <Alert ref={shown} color="green" role="status" tabIndex={-1} title={`The key “${name}” is made`}>
      <Stack gap="sm">
        <Text size="sm">It is shown this once. Copy it to where it will be used; if it gets lost, make another.</Text>
        <CopyLine label="Key" value={keyText} />
        <Code block>{`curl -H "Authorization: Bearer $KEY" ${origin}/api/v1/programs`}</Code>
      </Stack>
    </Alert>
  );
}
