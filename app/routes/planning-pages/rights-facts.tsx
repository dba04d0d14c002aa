import { Stack, Text } from '@mantine/core';

/** What tutor and family may do by themselves, in sentences, each with where it comes from. */
export function RightsFacts({ rights }: { rights: readonly { who: string; text: string; from: string }[] }) {
  return (
    <Stack gap="xs">
      {rights.map((right) => (
        <div key={right.who}>
          <Text size="sm">
            {right.who} {right.text}.
          </Text>
          <Text size="xs" c="dimmed">
            By {right.from}
          </Text>
        </div>
      ))}
    </Stack>
  );
}
