import { Anchor, Button, Group, Text } from '@mantine/core';
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';
import { listFamilyContacts } from '#app/domain/engagements/contacts.server.ts';
import { getMeetingRules } from '#app/domain/meetings/save-meeting-rules.server.ts';
import { EmptyState } from '#app/ui/empty-state.tsx';
import { PageHeader } from '#app/ui/page-header.tsx';
import { SessionCards } from '#app/ui/session-card.tsx';
import { StatusBadge } from '#app/ui/status-badge.tsx';
import { ContactLines } from '../planning-pages/contact-lines.tsx';
import { engagementsOf } from '../planning-pages/engagements-of.server.ts';
import { tutorPlanner } from '../planning-pages/planner-of.server.ts';
import cards from '../planning-pages/time-picker.module.css';

const HELP = {
  text: 'Whom you teach. A student’s page has where you left off, the goals, and what is planned.',
  about: 'tutor/planning',
} as const;

export const meta: MetaFunction = () => [{ title: 'Students · Lectern' }];

export async function loader(args: LoaderFunctionArgs) {
  const { user, planner, context } = await tutorPlanner(args);
  const engagements = await engagementsOf(context, user, { tutorId: planner.tutorId });
  const contacts = await listFamilyContacts(
    context.db,
    planner.tutorId,
    engagements.map(({ id, studentId, programId }) => ({ key: id, studentId, programId })),
  );
  const mayStart = (await getMeetingRules(context.db)).tutors_start_now;
  return { mayStart, engagements: engagements.map((one) => ({ ...one, contacts: contacts.get(one.id) ?? [] })) };
}

export default function TutorStudents() {
  const { engagements, mayStart } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader help={HELP} title="Students" description="Who is engaged to you, and what is planned with them." />
      {engagements.length === 0 ? (
        <EmptyState title="No student is engaged to you yet" text="When the office matches a student to you, they appear here." />
      ) : (
        <SessionCards>
          {engagements.map((one) => (
            <li key={one.id}>
              <article className={cards.card}>
                <Group justify="space-between" gap="xs">
                  <Anchor component={Link} to={`/tutor/students/${one.studentId}`} fw={600}>
                    {one.studentName}
                  </Anchor>
                  <StatusBadge label={one.state.label} tone={one.state.tone} />
                </Group>
                <Text size="sm">
                  {one.subject}, {one.program}. {one.hours} booked this week.
                </Text>
                {one.next ? (
                  <Text size="sm" c="dimmed">
                    Next: <Link to={`/tutor/sessions/${one.next.sessionId}`}>{one.next.text}</Link>
                  </Text>
                ) : null}
                <Text size="sm" c="dimmed">
                  {one.rights.filter((right) => right.who === 'The tutor').map((right) => `You: ${right.text}.`)}
                </Text>
                <ContactLines contacts={one.contacts} />
                <Group gap="xs" mt="xs">
                  <Button component={Link} to={`/tutor/book?with=${one.id}`} variant="default" size="xs">
                    Find a time
                  </Button>
                  {mayStart ? (
                    <Button
                      component={Link}
                      to={`/tutor/sessions/instant?student=${one.studentId}`}
                      variant="default"
                      size="xs"
                      aria-label={`Start now with ${one.studentName}`}
                    >
                      Start now
                    </Button>
                  ) : null}
                </Group>
              </article>
            </li>
          ))}
        </SessionCards>
      )}
    </>
  );
}
