import { Group, Title } from '@mantine/core';
import { InstantButton } from './instant-button.tsx';

/** What is next for a tutor, and the way to what is not planned at all. */
export function UpcomingHeading({ mayStart }: { mayStart: boolean }) {
  return (
    <Group justify="space-between" gap="sm" mb="sm">
      <Title order={2} id="upcoming">
        Upcoming sessions
      </Title>
      {mayStart ? <InstantButton to="/tutor/sessions/instant" /> : null}
    </Group>
  );
}
