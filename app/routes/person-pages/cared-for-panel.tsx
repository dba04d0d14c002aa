import { Anchor, List } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';

/** Students whose lessons a client sees without paying for them. */
export function CaredForPanel({ students }: { students: readonly { id: string; name: string; relation: string }[] }) {
  if (students.length === 0) return null;
  return (
    <Panel title="Cares for, while somebody else pays">
      <List size="sm" listStyleType="none" spacing={4}>
        {students.map((student) => (
          <List.Item key={student.id}>
            <Anchor component={Link} to={`/office/students/${student.id}`} size="sm">
              {student.name}
            </Anchor>
            {student.relation ? `, as ${student.relation}` : ''}
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
