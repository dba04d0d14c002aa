import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { KIND_WORDS, timesWords } from '#app/domain/messages/preference-words.ts';
import { Panel } from '#app/ui/record-facts.tsx';
import type { PreferencesView } from './preferences-page.server.ts';

/** Which mails somebody has declined, on their page of the office. Nobody without an address has one. */
export function MailWishesPanel({ wishes, to }: { wishes: PreferencesView; to: string }) {
  if (wishes.addresses.length === 0) return null;
  const declined = wishes.kinds.filter((one) => !one.wanted).map((one) => KIND_WORDS[one.kind].label);
  const { own, mayChoose } = wishes.reminders;
  return (
    <Panel
      title="Mails they want"
      aside={
        <Anchor component={Link} to={`${to}/mail-preferences`} size="sm">
          Change
        </Anchor>
      }
    >
      <Text size="sm" c={declined.length === 0 ? 'dimmed' : undefined}>
        {declined.length === 0 ? 'All of them.' : `Not: ${declined.join(', ')}.`}
        {own && mayChoose && !declined.includes(KIND_WORDS.reminders.label) ? ` Reminders ${timesWords(own)}.` : ''}
      </Text>
    </Panel>
  );
}
