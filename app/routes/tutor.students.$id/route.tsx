import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { notFound } from '#app/auth/authorize.server.ts';
import { listFamilyContacts } from '#app/domain/engagements/contacts.server.ts';
import { listEngagements } from '#app/domain/engagements/queries.server.ts';
import { isId } from '#app/domain/is-id.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { getMessageRules } from '#app/domain/messages/save-message-rules.server.ts';
import { circleOf } from '#app/domain/people/about.server.ts';
import { listEarlierSessions } from '#app/domain/scheduling/earlier-sessions.server.ts';
import { listSessions } from '#app/domain/scheduling/queries.server.ts';
import { localDateOf } from '#app/domain/scheduling/wall-time.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCard, SessionCards } from '#app/ui/session-card.tsx';
import { viewEarlier } from '#app/ui/session-detail.ts';
import { EarlierSection } from '#app/ui/session-record-sections.tsx';
import { viewSession } from '#app/ui/session-view.ts';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { WriteButton } from '../conversation-pages/write-button.tsx';
import { goalsOf } from '../goal-pages/goals-of.server.ts';
import { GoalsPanel } from '../goal-pages/goals-panel.tsx';
import { InstantButton } from '../instant-pages/instant-button.tsx';
import { ContactLines } from '../planning-pages/contact-lines.tsx';
import { viewEngagement } from '../planning-pages/engagement-view.ts';
import { tutorPlanner } from '../planning-pages/planner-of.server.ts';

const SHOWN = 10;

/** A student as their tutor sees them: what they are taught, what comes, where they left off. Of others there is nothing here. */
export async function loader(args: LoaderFunctionArgs) {
  const { planner, reader, organisation, context } = await tutorPlanner(args);
  const { db } = context;
  const { tutorId } = planner;
  const id = args.params.id;
  if (!isId(id)) throw notFound();
  const [engagements, upcoming, earlier, rules] = await Promise.all([
    listEngagements(db, reader.now, { tutorId, studentIds: [id], limit: 20 }),
    listSessions(db, { tutorId, studentIds: [id], endsAfter: reader.now, statuses: ['scheduled'], taking: true, limit: SHOWN }),
    listEarlierSessions(db, { studentIds: [id], before: reader.now, tutorId }),
    getMeetingRules(db),
  ]);
  const name =
    engagements[0]?.studentName ??
    upcoming[0]?.places.find((place) => place.studentId === id)?.name ??
    earlier[0]?.students[0]?.name;
  if (name === undefined) throw notFound();
  const open = engagements.filter((one) => !one.ended);
  const contacts = await listFamilyContacts(
    db,
    tutorId,
    open.map(({ id: key, studentId, programId }) => ({ key, studentId, programId })),
  );
  const [family] = [...contacts.values()];
  return {
    id,
    name,
    mayWrite: (await getMessageRules(db)).conversations,
    mayStart: rules.tutors_start_now && open.some((one) => one.startsOn <= localDateOf(reader.now, organisation.timezone)),
    engagements: open.map((row) => viewEngagement(row, reader)),
    contacts: family ?? [],
    // Of whoever teaches the student at present.
    goals: (await circleOf(db, { studentId: id }, reader.now)).tutorIds.includes(tutorId) ? await goalsOf(db, id, reader) : null,
    upcoming: upcoming.map((row) =>
      viewSession(row, { reader, joinWindowMinutes: organisation.joinWindowMinutes, base: '/tutor/sessions' }),
    ),
    earlier: earlier.map((row) => viewEarlier(row, reader, () => '/tutor/sessions')),
  };
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.name ?? 'Student'} · Lectern` }];

export default function TutorStudent() {
  const page = useLoaderData<typeof loader>();
  const [first] = page.engagements;
  return (
    <>
      <PageHeader
        title={page.name}
        back={{ to: '/tutor/students', label: 'Students' }}
        actions={
          <>
            {page.mayWrite ? <WriteButton to={`/tutor/messages/new?student=${page.id}`} label="Message" /> : null}
            {page.mayStart ? <InstantButton to={`/tutor/sessions/instant?student=${page.id}`} /> : null}
            {first ? (
              <Button component={Link} to={`/tutor/book?with=${first.id}`}>
                Find a time
              </Button>
            ) : null}
          </>
        }
      />
      <Stack gap="xl">
        <section aria-labelledby="taught">
          <Title order={2} id="taught" mb="sm">
            What you teach
          </Title>
          {page.engagements.length === 0 ? <Text c="dimmed">This student is not matched to you at present.</Text> : null}
          <Stack gap="xs">
            {page.engagements.map((one) => (
              <div key={one.id}>
                <Group gap="xs">
                  <Text fw={600}>{one.subject}</Text>
                  <StatusBadge label={one.state.label} tone={one.state.tone} />
                </Group>
                <Text size="sm" c="dimmed">
                  {one.program}. {one.hours} booked this week, {one.hoursNext} the next.
                </Text>
              </div>
            ))}
            <ContactLines contacts={page.contacts} />
          </Stack>
        </section>
        {page.goals ? <GoalsPanel goals={page.goals} to={`/tutor/students/${page.id}/goals`} /> : null}
        <section aria-labelledby="upcoming">
          <Title order={2} id="upcoming" mb="sm">
            Upcoming sessions
          </Title>
          {page.upcoming.length === 0 ? (
            <EmptyState
              title="Nothing is planned"
              text={`Sessions with ${page.name} appear here, with Join when it is time.`}
              action={first ? { to: `/tutor/book?with=${first.id}`, label: 'Find a time' } : undefined}
            />
          ) : (
            <SessionCards>
              {page.upcoming.map((session) => (
                <li key={session.id}>
                  <SessionCard session={session} as="tutor" showDay />
                </li>
              ))}
            </SessionCards>
          )}
        </section>
        <EarlierSection earlier={page.earlier} title="Where you left off" />
      </Stack>
    </>
  );
}
