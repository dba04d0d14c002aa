import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@remix-run/react';
import { FactList } from '#app/ui/session-facts.tsx';
import { SessionMark } from '#app/ui/session-mark.tsx';
import { Section } from '#app/ui/session-sections.tsx';
import type { StatusView } from '#app/ui/session-status.ts';
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
          {
            label: places.length > 1 ? 'Students' : 'Student',
            value: (
              <Stack gap={6}>
                {places.map((place, index) => (
                  <Place key={place.studentId} place={place} outcome={students[index]?.outcome} />
                ))}
              </Stack>
            ),
          },
        ]}
      />
    </Section>
  );
}

function Place({ place, outcome }: { place: Props['places'][number]; outcome: StatusView | undefined }) {
  return (
    <Group gap="xs">
      <Anchor component={Link} to={`/office/students/${place.studentId}`}>
        {place.studentName}
      </Anchor>
      <Text size="sm" c="dimmed" component="span">
        paid by{' '}
        <Anchor component={Link} to={`/office/clients/${place.clientId}`} size="sm" underline="always">
          {place.clientName}
        </Anchor>
      </Text>
      {outcome ? <SessionMark status={outcome} /> : null}
      {place.flag ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {place.flag}
        </Text>
      ) : null}
    </Group>
  );
}
