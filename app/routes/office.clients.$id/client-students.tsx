import { Anchor, List, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { Panel } from '#app/ui/record-facts.tsx';

interface Props {
  clientId: string;
  students: { id: string; name: string; grade: string; archivedAt: Date | null }[];
  archived: boolean;
}

export function ClientStudents({ clientId, students, archived }: Props) {
  return (
    <Panel
      title="Students"
      aside={
        archived ? null : (
          <Anchor component={Link} to={`/office/students/new?client=${clientId}`} size="sm">
            Add a student
          </Anchor>
        )
      }
    >
      {students.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nobody learns under this client yet.
        </Text>
      ) : (
        <List size="sm" listStyleType="none" spacing={4}>
          {students.map((student) => (
            <List.Item key={student.id}>
              <Anchor component={Link} to={`/office/students/${student.id}`} size="sm">
                {student.name}
              </Anchor>
              {student.grade ? `, ${student.grade}` : ''}
              {student.archivedAt ? ' (archived)' : ''}
            </List.Item>
          ))}
        </List>
      )}
    </Panel>
  );
}
