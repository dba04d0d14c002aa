import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { Labelled, type SectionAnswer } from '#app/ui/session-sections.tsx';
import { HomeworkForm } from './homework-form.tsx';
import type { ProgressView } from './progress-view.ts';

/** What was written of one student in one session; nothing where nothing was. */
export function ProgressWords({ entry, answer }: { entry: ProgressView; answer: SectionAnswer | undefined }) {
  return (
    <>
      <Labelled label="In short" text={entry.summary} />
      <Labelled label="Progress" text={[entry.notes, entry.note].filter(Boolean).join('\n\n')} />
      <Labelled label="Next time" text={entry.nextTopics} />
      {entry.homework ? <HomeworkForm homework={entry.homework} answer={answer} /> : null}
    </>
  );
}

/** One line of the list: when it was, with whom, and what came of it. */
export function ProgressEntryItem({ entry, answer }: { entry: ProgressView; answer: SectionAnswer | undefined }) {
  return (
    <li>
      <Group gap="xs" align="baseline">
        <Anchor component={Link} to={entry.href} fw={500}>
          {entry.day}: {entry.title}
        </Anchor>
        <Text size="sm" c="dimmed">
          with {entry.tutorName}
        </Text>
        {entry.outcome.key === 'attended' ? null : <SessionMark status={entry.outcome} />}
      </Group>
      <ProgressWords entry={entry} answer={answer} />
    </li>
  );
}
