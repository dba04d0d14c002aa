import { Alert, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { Form } from '@remix-run/react';
import { ProblemAlert } from '#app/ui/session-form.tsx';
import { type JoinView, SessionJoin } from '#app/ui/session-join.tsx';
import sections from '#app/ui/session-sections.module.css';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { SubmitButton } from '#app/ui/submit-button.tsx';

interface Props {
  meeting: {
    state: string;
    provider: string;
    error: string | null;
    wayOut: string | null;
    /** When it is tried again by itself; null: it isn't, or at once. */
    next: string | null;
    others: { id: string; name: string }[];
  };
  join: JoinView;
  label: string;
  answer: SectionAnswer | undefined;
  may: boolean;
}

const states = {
  pending: { label: 'Being made', tone: 'attention' },
  ready: { label: 'Ready', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  released: { label: 'Closed', tone: 'quiet' },
} as const;

/** The online room: how it stands, and the way out when it failed. */
export function MeetingPanel({ meeting, join, label, answer, may }: Props) {
  const state = states[meeting.state as keyof typeof states] ?? { label: meeting.state, tone: 'neutral' as const };
  const refused = answer?.intent === 'retry-meeting' || answer?.intent === 'change-meeting' ? answer : undefined;
  const movable = may && meeting.state !== 'released' && join.state !== 'ended' && join.state !== 'cancelled';
  return (
    <Section id="meeting" title="Online room">
      <Stack gap="sm" align="flex-start">
        <ProblemAlert problem={refused?.problem} />
        <Group gap="xs">
          <Text>{meeting.provider}</Text>
          <StatusBadge {...state} />
        </Group>
        {meeting.state === 'failed' ? (
          <Alert color="red" role="note" variant="light" title={meeting.error ?? 'The provider gave no reason'} w="100%">
            {meeting.next ? `The next try is at ${meeting.next}, by itself. You can choose another provider.` : meeting.wayOut}
          </Alert>
        ) : null}
        {meeting.state === 'pending' && meeting.error ? (
          <Text size="sm" c="dimmed">
            {meeting.error} {meeting.next ? `The next try is at ${meeting.next}.` : 'It is tried again by itself.'}
          </Text>
        ) : null}
        {join.state === 'open' || join.state === 'too_early' ? <SessionJoin join={join} label={label} /> : null}
        {movable && meeting.state !== 'ready' ? (
          <Form method="post">
            <SubmitButton name="intent" value="retry-meeting" variant="default">
              Try again
            </SubmitButton>
          </Form>
        ) : null}
        {movable && meeting.others.length > 0 ? (
          <details className={sections.more} open={meeting.state === 'failed'}>
            <summary>Use another provider</summary>
            <Form method="post">
              <Group align="flex-end" gap="xs">
                <NativeSelect
                  name="installId"
                  label="Provider"
                  data={meeting.others.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <SubmitButton name="intent" value="change-meeting" variant="default">
                  Change
                </SubmitButton>
              </Group>
            </Form>
          </details>
        ) : null}
      </Stack>
    </Section>
  );
}
