import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import type { CheckResult } from '#app/plugin-host/types.ts';
import { SubmitButton } from '#app/ui/submit-button.tsx';

/** Tries what is saved with one harmless call, and says what came of it. */
export function InstallCheck({ found }: { found: CheckResult | undefined }) {
  return (
    <Paper withBorder p="lg" radius="md" component="section" aria-labelledby="check">
      <Title order={2} id="check" mb={4}>
        Check
      </Title>
      <Text size="sm" c="dimmed" mb="md">
        Asks the provider once, with the settings that are saved. Nothing is made or changed there.
      </Text>
      <Stack gap="md">
        {found ? (
          <Alert
            color={found.ok ? 'green' : 'red'}
            variant="light"
            role={found.ok ? 'status' : 'alert'}
            title={found.ok ? 'It works' : 'It does not work yet'}
          >
            {found.message}
          </Alert>
        ) : null}
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="check" />
          <Group>
            <SubmitButton name="check" value="1" variant="default">
              {found ? 'Check again' : 'Check the settings'}
            </SubmitButton>
          </Group>
        </Form>
      </Stack>
    </Paper>
  );
}
