import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { DateTime } from '#app/ui/date-time.tsx';
import { Panel } from '#app/ui/record-facts.tsx';

interface ConversationsPanelProps {
  conversations: readonly { id: string; tutorName: string; lastMessageAt: Date | string }[];
}

/** With which tutors a student's family writes; nothing where it doesn't. */
export function ConversationsPanel({ conversations }: ConversationsPanelProps) {
  if (conversations.length === 0) return null;
  return (
    <Panel title="Messages">
      <List size="sm" listStyleType="none" spacing={4}>
        {conversations.map((one) => (
          <List.Item key={one.id}>
            <Anchor component={Link} to={`/office/messages/${one.id}`} size="sm">
              {one.tutorName}
            </Anchor>{' '}
            <Text span size="xs" c="dimmed">
              <DateTime value={one.lastMessageAt} plain />
            </Text>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
