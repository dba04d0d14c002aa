import { Anchor, Button, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Countdown } from './countdown.tsx';
import { DoorFrame } from './door-frame.tsx';
import type { DoorPage } from './door-page.ts';

/** What stands on the door of a session's room, for who is signed in and for guests. */
export function DoorCard({ door }: { door: DoorPage }) {
  return (
    <DoorFrame session={door.session} title={door.title} support={door.support}>
      {door.lines.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
      {door.opensAt && door.opensIn && door.again ? (
        <Countdown opensAt={door.opensAt} opensIn={door.opensIn} href={door.again.href} />
      ) : door.again ? (
        // A plain link, as Join is: nothing fetches it ahead.
        <Button component="a" href={door.again.href} variant={door.again.quiet ? 'default' : 'filled'}>
          {door.again.label}
        </Button>
      ) : null}
      {door.ready ? (
        <Anchor component={Link} to={door.ready} size="sm">
          Check camera, microphone and connection
        </Anchor>
      ) : null}
      {door.back ? (
        <Anchor component={Link} to={door.back} size="sm">
          Back to the session
        </Anchor>
      ) : null}
    </DoorFrame>
  );
}
