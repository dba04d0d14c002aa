import { Anchor, Group, Stack, Text } from '@mantine/core';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { Section, type SectionAnswer } from '#app/ui/session-sections.tsx';
import type { StatusView } from '#app/ui/session-status.ts';
import { ProgressWords } from './progress-entry.tsx';
import type { ProgressView } from './progress-view.ts';

export interface WhatWasDoneView {
  students: { id: string; name: string; outcome: StatusView }[];
  entries: ProgressView[];
  /** To go on with. */
  links: { id: string; title: string; url: string }[];
}

/** What took place, as the family reads it: of each of their own students alone. */
export function WhatWasDone({ done, answer }: { done: WhatWasDoneView | null; answer: SectionAnswer | undefined }) {
  if (done === null) return null;
  return (
    <Section id="close-out" title="What was done">
      <Stack gap="lg">
        {done.students.map((student) => {
          const entry = done.entries.find(({ studentId }) => studentId === student.id);
          return (
            <Stack key={student.id} gap="sm">
              <Group gap="xs">
                <Text fw={500}>{student.name}</Text>
                <SessionMark status={student.outcome} />
              </Group>
              {entry ? <ProgressWords entry={entry} answer={answer} /> : null}
            </Stack>
          );
        })}
        {done.links.length > 0 ? (
          <div>
            <Text size="sm" c="dimmed">
              To go on with
            </Text>
            <Group gap="md">
              {done.links.map(({ id, title, url }) => (
                <Anchor key={id} href={url} target="_blank" rel="noopener noreferrer" style={{ overflowWrap: 'anywhere' }}>
                  {title}
                </Anchor>
              ))}
            </Group>
          </div>
        ) : null}
      </Stack>
    </Section>
  );
}
