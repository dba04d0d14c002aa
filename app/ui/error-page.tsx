import { Anchor, Button, Code, Container, Group, Stack, Text, Title } from '@mantine/core';
import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react';

/**
 * What a person sees when something is not there, not theirs, or broken. It says what happened and where to go;
 * of a failure it shows the request's number and nothing else.
 */
export function ErrorPage({ requestId }: { requestId?: string | undefined }) {
  const error = useRouteError();
  if (isOffline(error)) return <OfflinePage />;
  const status = isRouteErrorResponse(error) ? error.status : 500;
  const said = isRouteErrorResponse(error) && typeof error.data === 'string' ? error.data : '';
  const { title, text } = textFor(status, said);
  return (
    <Container size="xs" py="xl" component="main" id="main">
      <Stack gap="md" mt="xl">
        <Text c="dimmed" size="sm" className="tabular">
          {status}
        </Text>
        <Title order={1}>{title}</Title>
        <Text>{text}</Text>
        <Group>
          <Button component={Link} to="/" reloadDocument>
            Go to your start page
          </Button>
          {status === 403 ? (
            <Anchor href="/login?switch" size="sm">
              Sign in as somebody else
            </Anchor>
          ) : null}
        </Group>
        {status >= 500 && requestId ? (
          <Text c="dimmed" size="sm">
            If you tell us about it, name this number: <Code>{requestId}</Code>
          </Text>
        ) : null}
      </Stack>
    </Container>
  );
}

/** A page asked for from an open one, without a connection: the browser's fetch fails with a TypeError. */
const isOffline = (error: unknown) =>
  error instanceof TypeError && typeof navigator !== 'undefined' && navigator.onLine === false;

function OfflinePage() {
  return (
    <Container size="xs" py="xl" component="main" id="main">
      <Stack gap="md" mt="xl">
        <Title order={1}>You are offline</Title>
        <Text>This page needs a connection, and there is none at the moment. What you typed into a close-out is kept.</Text>
        <Group>
          <Button component="a" href="">
            Try again
          </Button>
        </Group>
      </Stack>
    </Container>
  );
}

/** What the browser's tab says. */
export function errorTitle(error: unknown): string {
  if (isOffline(error)) return 'You are offline';
  return textFor(isRouteErrorResponse(error) ? error.status : 500, '').title;
}

function textFor(status: number, said: string): { title: string; text: string } {
  if (status === 404) {
    return {
      title: 'This page isn’t here',
      text: 'It may have been moved or removed, or the address has a slip in it.',
    };
  }
  if (status === 403) {
    return {
      title: 'This isn’t open to you',
      text: 'You are signed in, but your role doesn’t include this page. An owner or admin can change that.',
    };
  }
  if (status === 429) {
    return { title: 'Too many tries', text: said || 'Please wait a few minutes and try again.' };
  }
  if (status >= 400 && status < 500) {
    return { title: 'That didn’t work', text: said || 'The request couldn’t be understood. Nothing was changed.' };
  }
  return {
    title: 'Something went wrong on our side',
    text: 'What you had saved before is safe. Please try once more; if it happens again, tell your office.',
  };
}
