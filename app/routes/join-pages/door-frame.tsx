import { Container, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
  /** Which session it is, in a line. */
  session: string;
  title: string;
  /** Whom to ask for help; null where the company gives nobody. */
  support: string | null;
  children: ReactNode;
}

/** The page before a session's room: which session, what is the case, what to do, and who helps. */
export function DoorFrame({ session, title, support, children }: Props) {
  return (
    <Container size={520} py="xl" component="main" id="main">
      <Paper withBorder p={{ base: 'md', xs: 'xl' }} radius="md">
        <Stack gap="md">
          <div>
            <Text size="sm" c="dimmed">
              {session}
            </Text>
            <Title order={1}>{title}</Title>
          </div>
          {children}
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
