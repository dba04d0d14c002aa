import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { Labelled, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { HomeworkForm } from './homework-form.tsx';
import type { ProgressView } from './progress-view.ts';

interface EntryProps {
  entry: ProgressView;
  answer: SectionAnswer | undefined;
}

/** What was written of one student in one session; nothing where nothing was. */
export function ProgressWords({ entry, answer }: EntryProps) {
  return (
    <>
      <Labelled label="In short" text={entry.summary} />
      <Labelled label="Progress" text={[entry.notes, entry.note].filter(Boolean).join('\n\n')} />
      <Labelled label="Next time" text={entry.nextTopics} />
      {entry.homework ? <HomeworkForm homework={entry.homework} answer={answer} /> : null}
    </>
  );
}

/** One line of the list: when it was, with whom (`named`: and whose), and what came of it. */
export function ProgressEntryItem({ entry, answer, named = false }: EntryProps & { named?: boolean }) {
  return (
    <li>
      <Group gap="xs" align="baseline">
        <Anchor component={Link} to={entry.href} fw={500}>
          {entry.day}: {entry.title}
        </Anchor>
        <Text size="sm" c="dimmed">
          {named ? `${entry.studentName} ` : ''}with {entry.tutorName}
        </Text>
        {entry.outcome.key === 'attended' ? null : <SessionMark status={entry.outcome} />}
      </Group>
      <ProgressWords entry={entry} answer={answer} />
    </li>
  );
}
