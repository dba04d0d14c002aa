import { Text } from '@mantine/core';
import { MAIL_STATES, stateOf } from '#app/domain/messages/mail-states.ts';
import { DateTime } from '#app/ui/date-time.tsx';
import { StatusBadge, type Tone } from '#app/ui/status-badge.tsx';

const TONES: Record<ReturnType<typeof stateOf>, Tone> = {
  waiting: 'live',
  sent: 'good',
  bounced: 'bad',
  failed: 'bad',
  withheld: 'quiet',
};

export interface ShownState {
  status: string;
  error: string | null;
  attempts: number;
  nextAt: Date | string | null;
  doubtfulAt: Date | string | null;
}

/** What became of a mail, and why, in a badge and a line. */
export function MailState({ mail }: { mail: ShownState }) {
  const state = stateOf(mail.status);
  return (
    <span>
      <StatusBadge label={MAIL_STATES[state].label} tone={TONES[state]} />
      {state === 'waiting' && mail.nextAt ? (
        <Text span size="xs" c="dimmed" display="block">
          {mail.attempts > 0 ? `Tried ${mail.attempts === 1 ? 'once' : `${mail.attempts} times`}; again ` : 'Goes out '}
          <DateTime value={mail.nextAt} plain />
        </Text>
      ) : null}
      {mail.error ? (
        <Text span size="xs" c="dimmed" display="block" style={{ overflowWrap: 'anywhere' }}>
          {mail.error}
        </Text>
      ) : null}
      {mail.doubtfulAt ? (
        <Text span size="xs" c="dimmed" display="block">
          It may have arrived twice.
        </Text>
      ) : null}
    </span>
  );
}
