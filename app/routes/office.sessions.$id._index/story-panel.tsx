import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { mailName } from '#app/domain/messages/mail-events.ts';
import type { StoryLine } from '#app/ui/session-detail.ts';
import { Section } from '#app/ui/session-sections.tsx';
import { StatusBadge, type Tone } from '#app/ui/status-badge.tsx';
import styles from './session-page.module.css';

interface Mail {
  id: string;
  template: string;
  toName: string;
  toAddress: string;
  status: string;
  error: string | null;
  at: string;
}

const statuses: Record<string, { label: string; tone: Tone }> = {
  queued: { label: 'Waiting', tone: 'neutral' },
  sending: { label: 'Being sent', tone: 'neutral' },
  sent: { label: 'Sent', tone: 'good' },
  captured: { label: 'Not sent here', tone: 'quiet' },
  failed: { label: 'Failed', tone: 'bad' },
  bounced: { label: 'Came back', tone: 'bad' },
  withheld: { label: 'Withheld', tone: 'quiet' },
};

/** Who was told what, and whether it got out. */
export function MailsPanel({ mails, log }: { mails: readonly Mail[]; log: boolean }) {
  if (mails.length === 0) return null;
  return (
    <Section id="mails" title="Mails">
      <ul className={styles.story}>
        {mails.map((mail) => (
          <li key={mail.id}>
            <Group gap="xs">
              <Text size="sm">
                {log ? (
                  <Anchor component={Link} to={`/office/mails/${mail.id}`} size="sm">
                    {mailName(mail.template)}
                  </Anchor>
                ) : (
                  mailName(mail.template)
                )}{' '}
                to {mail.toName || mail.toAddress}
              </Text>
              <StatusBadge {...(statuses[mail.status] ?? { label: mail.status })} />
            </Group>
            <Text size="xs" c="dimmed">
              {mail.at}
              {mail.error ? ` · ${mail.error}` : ''}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Everything that happened to it, the latest first: who, when, from, to and why. */
export function StoryPanel({ story }: { story: readonly StoryLine[] }) {
  if (story.length === 0) return null;
  return (
    <Section id="story" title="Its story">
      <ol className={styles.story} reversed>
        {story.map((line) => (
          <li key={line.id}>
            <Text size="sm">
              <Text span fw={500}>
                {line.who}
              </Text>
              : {line.what}
            </Text>
            {line.detail ? <Text size="sm">{line.detail}</Text> : null}
            <Text size="xs" c="dimmed">
              {line.at}
            </Text>
          </li>
        ))}
      </ol>
    </Section>
  );
}
