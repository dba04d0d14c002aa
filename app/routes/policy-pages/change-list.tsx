import { Stack, Text } from '@mantine/core';
import type { PolicyChange } from '#app/domain/organisation/policy-changes.ts';

interface Props {
  changes: readonly PolicyChange[];
  /** Said where nothing differs. */
  none: string;
  words?: readonly [before: string, after: string];
}

/** What differs between two policies: each rule as it was and as it is. */
export function ChangeList({ changes, none, words = ['Before', 'After'] }: Props) {
  if (changes.length === 0) return <Text size="sm">{none}</Text>;
  return (
    <Stack gap={8} mt={6} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {changes.map((change) => (
        <li key={change.rule}>
          <Text size="sm" fw={500}>
            {change.rule}
          </Text>
          <Text size="sm" c="dimmed">
            {words[0]}: {change.before || 'no such rule'}
          </Text>
          <Text size="sm">
            {words[1]}: {change.after || 'no such rule'}
          </Text>
        </li>
      ))}
    </Stack>
  );
}
