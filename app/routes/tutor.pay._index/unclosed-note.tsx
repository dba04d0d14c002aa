import { Alert, Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { minutesText } from '#app/ui/session-length.ts';
import { many } from '../money-pages/many.ts';

export interface Unclosed {
  count: number;
  /** As planned, of all of them. */
  minutes: number;
}

/** What a tutor taught and isn't paid for yet, since they have not said how it was. */
export function UnclosedNote({ unclosed: { count, minutes } }: { unclosed: Unclosed }) {
  if (count === 0) return null;
  return (
    <Alert color="yellow" variant="light" role="note" title={`${many(count, 'session is', 'sessions are')} not in your pay yet`}>
      <Text size="sm">
        {minutesText(minutes)} of teaching {count === 1 ? 'waits' : 'wait'} for your word on what took place.{' '}
        <Anchor component={Link} to="/tutor/closeouts" inherit underline="always">
          {count === 1 ? 'Close it out' : 'Close them out'}
        </Anchor>
      </Text>
    </Alert>
  );
}
