import { Stack } from '@mantine/core';
import { Section } from '#app/ui/session-sections.tsx';
import { PreparedStudent } from './preparation.tsx';
import type { PreparedStudentView } from './view-preparation.ts';

/** On a session's page, before it: where each of its students stands. */
export function PrepareSection({ students }: { students: readonly PreparedStudentView[] | null }) {
  if (students === null || students.length === 0) return null;
  return (
    <Section id="prepare" title="To prepare">
      <Stack gap="md">
        {students.map((student) => (
          <PreparedStudent key={student.id} student={student} named={students.length > 1} />
        ))}
      </Stack>
    </Section>
  );
}
