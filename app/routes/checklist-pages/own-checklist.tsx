import { Paper, Text, Title } from '@mantine/core';
import type { OwnChecklist } from '#app/domain/checklists/own-checklists.server.ts';
import { ChecklistLines } from './checklist-lines.tsx';

/** What is still missing until somebody is at home here, on their own first page; nothing once all of it is done. */
export function OwnChecklists({ lists, home }: { lists: readonly OwnChecklist[]; home: '/tutor' | '/family' }) {
  if (lists.length === 0) return null;
  return (
    <section aria-labelledby="checklist">
      <Title order={2} id="checklist" mb="sm">
        Before you begin
      </Title>
      {lists.map(({ role, personId, name, lines }) => (
        <Paper key={personId} withBorder p="md" radius="md" mb="sm">
          {lists.length > 1 ? (
            <Text fw={600} mb="xs">
              {name}
            </Text>
          ) : null}
          <ChecklistLines role={role} personId={personId} lines={lines} as="person" action={`${home}/checklist`} back={home} />
        </Paper>
      ))}
    </section>
  );
}
