import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { mailName } from '#app/domain/messages/mail-events.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { Panel } from '#app/ui/record-facts.tsx';
import { MailState, type ShownState } from './mail-state.tsx';

interface Props {
  sent: {
    address: string;
    more: boolean;
    mails: (ShownState & { id: string; template: string; createdAt: Date | string })[];
  } | null;
}

/** The last mails to somebody, on their page. */
export function SentToPanel({ sent }: Props) {
  if (!sent) return null;
  const all = `/office/mails?person=${encodeURIComponent(sent.address)}`;
  return (
    <Panel
      title="Mails"
      aside={
        sent.more ? (
          <Anchor component={Link} to={all} size="sm">
            All
          </Anchor>
        ) : null
      }
    >
      {sent.mails.length === 0 ? (
        <Text size="sm" c="dimmed">
          None was sent yet.
        </Text>
      ) : (
        <Stack gap="xs">
          {sent.mails.map((mail) => (
            <Group key={mail.id} justify="space-between" align="flex-start" gap="xs">
              <div>
                <Anchor component={Link} to={`/office/mails/${mail.id}`} size="sm">
                  {mailName(mail.template)}
                </Anchor>
                <Text size="xs" c="dimmed">
                  <DateTime value={mail.createdAt} plain />
                </Text>
              </div>
              <MailState mail={mail} />
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
