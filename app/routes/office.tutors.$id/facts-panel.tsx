import { Anchor, Badge, Group } from '@mantine/core';
import { Link } from '@remix-run/react';
import { languageName } from '#app/domain/people/languages.ts';
import { type Gender, genderNames } from '#app/domain/people/tutor-status.ts';
import { Facts, Panel } from '#app/ui/record-facts.tsx';

interface Props {
  tutor: {
    ref: string;
    email: string | null;
    phone: string | null;
    timezone: string;
    gender: string | null;
    languages: string[];
    teachesOnline: boolean;
    teachesInPerson: boolean;
    homeAddress: string;
    homeLatitude: string | null;
    homeLongitude: string | null;
    reachMinutes: number | null;
    /** As decimals without needless zeros. */
    maxHoursPerWeek: string | null;
    wishedHoursPerWeek: string | null;
    payGroupName: string | null;
    bufferMinutes: number;
    personalRoomUrl: string | null;
    notes: string;
    source: string;
    subjects: { name: string; levels: { name: string }[] }[];
    tags: { id: string; name: string }[];
  };
}

export function FactsPanel({ tutor }: Props) {
  const modes = [tutor.teachesOnline ? 'online' : '', tutor.teachesInPerson ? 'in person' : ''].filter(Boolean).join(' and ');
  return (
    <Panel title="Facts">
      <Facts
        rows={
          [
            ['Reference', tutor.ref],
            ['Tags', tutor.tags.length > 0 ? <Tags key="tags" tags={tutor.tags} /> : null],
            ['E-mail', tutor.email],
            ['Phone', tutor.phone],
            ['Time zone', tutor.timezone.replaceAll('_', ' ')],
            ['Gender', tutor.gender && genderNames[tutor.gender as Gender]],
            ['Languages', tutor.languages.map(languageName).join(', ')],
            [
              'Subjects',
              tutor.subjects
                .map(
                  ({ name, levels }) => `${name}${levels.length > 0 ? ` (${levels.map((level) => level.name).join(', ')})` : ''}`,
                )
                .join('\n'),
            ],
            ['Teaches', modes],
            ['Home', <Home key="home" tutor={tutor} />],
            ['On the way', tutor.teachesInPerson && tutor.reachMinutes !== null ? `${tutor.reachMinutes} minutes at most` : null],
            ['Between sessions', tutor.bufferMinutes > 0 ? `${tutor.bufferMinutes} minutes free` : 'No time kept free'],
            ['Hours a week', hoursText(tutor)],
            ['Pay group', tutor.payGroupName],
            [
              'Own room',
              tutor.personalRoomUrl ? (
                <Anchor key="room" href={tutor.personalRoomUrl} target="_blank" rel="noreferrer" size="sm">
                  {tutor.personalRoomUrl}
                </Anchor>
              ) : null,
            ],
            ['Came by', tutor.source === 'application' ? 'The application form' : null],
            ['Notes', tutor.notes],
          ].filter(([label]) => label !== 'Home' || tutor.homeAddress || tutor.homeLatitude) as Parameters<
            typeof Facts
          >[0]['rows']
        }
      />
    </Panel>
  );
}

function hoursText({ maxHoursPerWeek: max, wishedHoursPerWeek: wished }: Props['tutor']): string {
  const parts = [wished ? `${wished} wished` : '', max ? `${max} at most` : ''].filter(Boolean);
  return parts.length === 0 ? 'No limit' : parts.join(', ');
}

function Tags({ tags }: { tags: Props['tutor']['tags'] }) {
  return (
    <Group gap={6} component="span">
      {tags.map((tag) => (
        <Badge
          key={tag.id}
          component={Link}
          to={`/office/tutors?tag=${tag.id}`}
          variant="default"
          tt="none"
          fw={500}
          style={{ cursor: 'pointer' }}
        >
          {tag.name}
        </Badge>
      ))}
    </Group>
  );
}

function Home({ tutor: { homeAddress, homeLatitude, homeLongitude } }: Props) {
  return (
    <>
      {homeAddress || 'A point on the map'}
      {homeLatitude !== null && homeLongitude !== null ? (
        <>
          {' '}
          <Anchor href={`geo:${Number(homeLatitude)},${Number(homeLongitude)}`} size="sm">
            {Number(homeLatitude)}, {Number(homeLongitude)}
          </Anchor>
        </>
      ) : null}
    </>
  );
}
