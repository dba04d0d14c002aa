import { Alert, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from '@remix-run/node';
import { Form, useLoaderData } from '@remix-run/react';
import { authorize } from '#app/auth/authorize.server.ts';
import { deviceName } from '#app/auth/device.ts';
import { signOut } from '#app/auth/sign-in.server.ts';
import { listSessions, revokeOtherSessions, revokeSession } from '#app/auth/sign-in-session.server.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';

export async function loader(args: LoaderFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db, clock } = args.context;
  const sessions = await listSessions(db, clock(), user.id);
  return {
    ended: new URL(args.request.url).searchParams.has('ended'),
    sessions: sessions.map((session) => ({
      id: session.id,
      device: deviceName(session.userAgent),
      ip: session.ip,
      since: session.createdAt,
      seen: session.lastSeenAt,
      until: session.absoluteExpiresAt,
      current: session.id === user.signInSessionId,
    })),
  };
}

export async function action(args: ActionFunctionArgs) {
  const user = await authorize(args, 'account.self');
  const { db } = args.context;
  const form = await args.request.formData();
  if (form.get('intent') === 'others') {
    await revokeOtherSessions(db, user.id, user.signInSessionId);
    throw redirect('/account/sessions?ended');
  }
  const sessionId = String(form.get('session') ?? '');
  if (sessionId === user.signInSessionId) {
    throw redirect('/login?notice=signed-out', { headers: await signOut(args) });
  }
  // One that is gone already is what was wanted.
  await revokeSession(db, user.id, sessionId);
  throw redirect('/account/sessions?ended');
}

export default function Sessions() {
  const { sessions, ended } = useLoaderData<typeof loader>();
  return (
    <Stack gap="md">
      {ended ? <Alert role="status">Ended. Whoever sat there has to sign in again.</Alert> : null}
      <Text size="sm" c="dimmed">
        If you don’t know one of these, end it and choose a new password.
      </Text>
      <Stack gap="xs" component="ul" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {sessions.map((session) => (
          <Paper key={session.id} withBorder p="md" component="li">
            <Group justify="space-between" align="flex-start">
              <div>
                <Group gap="xs">
                  <Title order={2} size="h3">
                    {session.device}
                  </Title>
                  {session.current ? <StatusBadge label="This one" tone="live" /> : null}
                </Group>
                <Text size="sm" c="dimmed">
                  Last seen <DateTime value={session.seen} plain />
                  {session.ip ? `, from ${session.ip}` : ''}
                </Text>
                <Text size="sm" c="dimmed">
                  Signed in <DateTime value={session.since} plain />, ends by itself on{' '}
                  <DateTime value={session.until} show="date" plain />
                </Text>
              </div>
              <Form method="post">
                <input type="hidden" name="session" value={session.id} />
                <Button
                  type="submit"
                  size="xs"
                  variant="default"
                  aria-label={session.current ? 'Sign out here' : `End ${session.device}`}
                >
                  {session.current ? 'Sign out' : 'End'}
                </Button>
              </Form>
            </Group>
          </Paper>
        ))}
      </Stack>
      {sessions.length > 1 ? (
        <Form method="post">
          <input type="hidden" name="intent" value="others" />
          <Button type="submit" variant="default">
            End all but this one
          </Button>
        </Form>
      ) : null}
    </Stack>
  );
}
