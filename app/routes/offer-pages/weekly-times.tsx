import { Text } from '@mantine/core';
import type { WeeklyTimeText } from './times-text.ts';

/** Times of the week one below the other. None: they are agreed afterwards. */
export function WeeklyTimes({ times }: { times: readonly WeeklyTimeText[] }) {
  if (times.length === 0) return <>Times are agreed afterwards</>;
  return times.map(({ text, atOffice }) => (
    <Text key={text + (atOffice ?? '')} component="span" display="block" inherit>
      {text}
      {atOffice ? (
        <Text span size="xs" c="dimmed">
          {' '}
          ({atOffice})
        </Text>
      ) : null}
    </Text>
  ));
}
