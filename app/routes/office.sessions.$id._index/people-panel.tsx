import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { Section } from '#app/ui/session-sections.tsx';
import { FactList } from '#app/ui/session-facts.tsx';
import type { SessionView } from '#app/ui/session-view.ts';

interface Props {
  tutor: { id: string; name: string };
  places: readonly { studentId: string; studentName: string; clientId: string; clientName: string; flag: string | null }[];
  students: SessionView['students'];
}

export function PeoplePanel({ tutor, places, students }: Props) {
  return (
    <Section id="people" title="People">
      <FactList
        facts={[
          {
            label: 'Tutor',
            value: (
              <Anchor component={Link} to={`/office/tutors/${tutor.id}`}>
                {tutor.name}
              </Anchor>
            ),
          },
          ...places.map((place, index) => ({
            label: index === 0 ? (places.length > 1 ? 'Students' : 'Student') : ' '.repeat(index),
            value: (
              <Group gap="xs">
                <Anchor component={Link} to={`/office/students/${place.studentId}`}>
                  {place.studentName}
                </Anchor>
                <Text size="sm" c="dimmed" component="span">
                  paid by{' '}
                  <Anchor component={Link} to={`/office/clients/${place.clientId}`} size="sm">
                    {place.clientName}
                  </Anchor>
                </Text>
                {students[index] ? <SessionMark status={students[index].outcome} /> : null}
                {place.flag ? (
                  <Text size="sm" c="var(--mantine-color-error)">
                    {place.flag}
                  </Text>
                ) : null}
              </Group>
            ),
          })),
        ]}
      />
    </Section>
  );
}
