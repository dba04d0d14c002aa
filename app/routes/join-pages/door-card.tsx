import { Anchor, Button, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Countdown } from './countdown.tsx';
import type { DoorPage } from './door-page.ts';

/** What stands on the door of a session's room, for who is signed in and for guests. */
export function DoorCard({ door, children }: { door: DoorPage; children?: ReactNode }) {
  return (
    <Container size={520} py="xl" component="main" id="main">
      <Paper withBorder p={{ base: 'md', xs: 'xl' }} radius="md">
        <Stack gap="md">
          <div>
            <Text size="sm" c="dimmed">
              {door.session}
            </Text>
            <Title order={1}>{door.title}</Title>
          </div>
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
          {children}
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
          {door.support ? (
            <Text size="sm" c="dimmed">
              Need help now? {door.support}
            </Text>
          ) : null}
        </Stack>
      </Paper>
    </Container>
  );
}
