import { Anchor, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Section } from './session-sections.tsx';

interface SessionClassroomProps {
  sessionId: string;
  /** What is left of its classroom; undefined where it had none. */
  classroom: { drawn: boolean; messages: number; files: number } | undefined;
}

/** On a session's page: the way to what was drawn and written in its classroom. */
export function SessionClassroom({ sessionId, classroom }: SessionClassroomProps) {
  if (!classroom) return null;
  const { drawn, messages, files } = classroom;
  const parts = [drawn && 'a whiteboard', messages > 0 && count(messages, 'message'), files > 0 && count(files, 'file')];
  const kept = parts.filter((part): part is string => Boolean(part));
  return (
    <Section id="classroom" title="From the classroom">
      {kept.length === 0 ? (
        <Text c="dimmed">Nothing was drawn or written in the classroom.</Text>
      ) : (
        <Text>
          There {messages > 1 && !drawn ? 'are' : 'is'} {inWords(kept)}.{' '}
          <Anchor component={Link} to={`/sessions/${sessionId}/board`} underline="always">
            Whiteboard and chat
          </Anchor>
        </Text>
      )}
    </Section>
  );
}

const count = (number: number, unit: string) => `${number} ${unit}${number === 1 ? '' : 's'}`;

const inWords = (parts: string[]) => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);
