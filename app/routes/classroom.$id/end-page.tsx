import { Anchor, Button, Container, Paper, Stack, Text, Title } from '@mantine/core';
import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { RoomPage } from './page-data.ts';
import type { RoomState } from './room-state.ts';

interface EndPageProps {
  title: string;
  session: string | null;
  lines: (string | null)[];
  back: RoomPage['back'];
  support: string | null;
  children?: ReactNode;
}

/** Where one stands when one is not in the room: why, what next, and whom to ask. */
export function EndPage({ title, session, lines, back, support, children }: EndPageProps) {
  return (
    <Container size={520} py="xl" component="main">
      <Paper withBorder p="xl" radius="md">
        <Stack gap="md">
          <div>
            {session ? (
              <Text size="sm" c="dimmed">
                {session}
              </Text>
            ) : null}
            <Title order={1} tabIndex={-1} data-autofocus ref={focus}>
              {title}
            </Title>
          </div>
          {lines.map((line) => (line ? <Text key={line}>{line}</Text> : null))}
          {children}
          {back ? (
            <Anchor component={Link} to={back.href}>
              {back.label}
            </Anchor>
          ) : (
            <Text>You can close this page.</Text>
          )}
          {support ? (
            <Text size="sm" c="dimmed">
              Need help now? {support}
            </Text>
          ) : null}
        </Stack>
      </Paper>
    </Container>
  );
}

/** Whoever listens hears what became of the room; who came from nowhere starts at the page's top as ever. */
const focus = (title: HTMLHeadingElement | null) => {
  if (title && document.activeElement === document.body) title.focus({ preventScroll: true });
};

interface Props {
  page: RoomPage;
  end: NonNullable<RoomState['end']>;
  onAgain: () => void;
}

/** After the room, for one who was in it or before its door. */
export function AfterRoom({ page, end, onAgain }: Props) {
  const { title, lines, again } = wordsFor(end, page);
  return (
    <EndPage title={title} session={page.title} lines={lines} back={page.back} support={page.support}>
      {page.closeOut && end.why === 'ended' ? (
        <Button component={Link} to={page.closeOut}>
          Close out the session
        </Button>
      ) : null}
      {page.role !== 'guest' && end.why === 'ended' ? (
        // A native form: the page is made anew with the room in it.
        <form method="post" action={`/classroom/${page.sessionId}/reopen`}>
          <Button type="submit" variant="default">
            Ended too early? Open it again
          </Button>
        </form>
      ) : null}
      {again ? (
        <Button
          variant={end.why === 'left' ? 'default' : 'filled'}
          onClick={end.detail === 'signed_out' ? () => location.reload() : onAgain}
        >
          {again}
        </Button>
      ) : null}
      {page.closeOut && end.why === 'left' ? (
        <Anchor component={Link} to={page.closeOut}>
          Close out the session
        </Anchor>
      ) : null}
    </EndPage>
  );
}

function wordsFor({ why, detail, message }: Props['end'], { role, back }: RoomPage) {
  if (why === 'left') {
    return {
      title: 'You left the classroom',
      lines: ['The others can go on. You can come back until it ends.'],
      again: 'Come back',
    };
  }
  if (why === 'replaced') {
    return {
      title: 'The classroom is open in another window',
      lines: ['You came in from another window or device, so it was closed here.'],
      again: 'Use it here',
    };
  }
  if (why === 'ended') {
    return {
      title: 'This session is over',
      lines: [
        role === 'host'
          ? 'Write down what was done while it is fresh.'
          : back
            ? 'The whiteboard and the chat can be read again on the session’s page.'
            : 'The whiteboard and the chat stay with the session: ask your tutor if you want to see them again.',
      ],
      again: null,
    };
  }
  const titles: Record<string, string> = {
    full: 'The classroom is full',
    refused: 'You are not in the classroom',
    signed_out: 'You are signed out',
    too_early: 'The classroom is not open yet',
    cancelled: 'This session does not take place',
    place_cancelled: 'Your place was cancelled',
  };
  const again = detail === 'signed_out' ? 'Sign in' : 'Try again';
  return { title: titles[detail ?? ''] ?? 'You can’t enter the classroom', lines: [message], again };
}
