import { Alert, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ConfirmButton } from '#app/ui/confirm-button.tsx';
import { CopyLine } from '#app/ui/copy-line.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface HookPanelProps {
  hook: boolean;
  /** The address, for the one time that it can be shown. */
  made: string | undefined;
  replies: boolean;
}

/** Where the mail service hands in answers, and tells of mails that came back. */
export function HookPanel({ hook, made, replies }: HookPanelProps) {
  return (
    <Paper component="section" withBorder p="md" radius="md" maw={760} aria-labelledby="hook">
      <Stack gap="sm">
        <Title order={2} id="hook">
          Address for your mail service
        </Title>
        <Text size="sm" c="dimmed">
          Your mail service hands in answers to messages there, and tells of mails that came back or were told as spam. Postmark
          and Mailgun are understood as they are, others in the form described in the guide “Incoming mail”.
        </Text>
        {made ? <Made address={made} /> : null}
        {!made && !hook && replies ? (
          <Alert color="yellow" role="note">
            Answers can’t come in yet: make an address, and enter it at your mail service.
          </Alert>
        ) : null}
        {!made && hook ? <Text size="sm">An address is in use. It was shown once, when it was made.</Text> : null}
        <Group gap="sm">
          {hook ? (
            <>
              <ConfirmButton
                label="Make another"
                align="start"
                consequence="The address in use stops working at once. Enter the new one at your mail service, or nothing comes in."
                confirm="Make another address"
                fields={{ intent: 'make-hook' }}
              />
              <ConfirmButton
                label="Take it back"
                align="start"
                dangerous
                consequence="Nothing comes in any more: no answers, and no word of mails that came back."
                confirm="Take the address back"
                fields={{ intent: 'remove-hook' }}
              />
            </>
          ) : (
            <Form method="post">
              <input type="hidden" name="intent" value="make-hook" />
              <SubmitButton variant="default">Make an address</SubmitButton>
            </Form>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

function Made({ address }: { address: string }) {
  return (
    <Alert color="green" role="status" title="The address is made">
      <Stack gap="sm">
        <Text size="sm">It is shown this once. Whoever has it can hand in mails: give it to your mail service alone.</Text>
        <CopyLine label="Address" value={address} />
      </Stack>
    </Alert>
  );
}
