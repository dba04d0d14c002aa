import { Button, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';

/** The way to one's sessions in a calendar of one's own, and whether one reads them already. */
export function OwnCalendar({ inUse }: { inUse: number }) {
  return (
    <Panel title="Your own calendar">
      <Text size="sm">
        Your phone’s or computer’s calendar can show your sessions and keep them right by itself, from an address that is yours
        alone. {inUse === 0 ? 'None reads them yet.' : inUse === 1 ? 'One address is in use.' : `${inUse} addresses are in use.`}
      </Text>
      <Button component={Link} to="/account/calendars" variant="default" style={{ alignSelf: 'flex-start' }}>
        {inUse === 0 ? 'Make an address to copy' : 'See your addresses'}
      </Button>
    </Panel>
  );
}
